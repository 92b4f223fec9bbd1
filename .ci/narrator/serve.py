"""Serves a model file by the HTTP server of llama.cpp (in the package xllamacpp), until it is ended.

    serve.py FILE.gguf PORT [PLACES]

It listens on 127.0.0.1 only and says "ready" on standard output once it answers.
"""

import signal
import sys

import xllamacpp

CONTEXT = 32768


def main(path: str, port: int, places: int) -> None:
    """Starts the server and waits for SIGTERM."""
    wanted = xllamacpp.CommonParams()
    wanted.model.path = path
    wanted.model_alias = {"nonsense"}
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = port
    wanted.n_parallel = places
    wanted.n_ctx = CONTEXT * places
    wanted.cpuparams.n_threads = 1
    wanted.cpuparams_batch.n_threads = 1
    wanted.warmup = False
    wanted.ui = False
    wanted.verbosity = 5
    server = xllamacpp.Server(wanted)
    if not server.listening_address.endswith(f":{port}"):
        sys.exit("the port is not free")
    print("ready", server.listening_address, flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 4)
