"""The checks of `.ci/narrator/run`: the program and a real model server beside it, from the first request to the last.

    check.py PROGRAM FOLDER NOTES

FOLDER is empty and is taken away by the caller; NOTES is a folder of notes, which need not be there. Each line says what
was looked at and what came out. The service is asked as a client would ask it; what went to the model server is known
from a recorder between the two.
"""

import hashlib
import pathlib
import signal
import subprocess
import sys

import evaluate
import nonsense
import trouble
import wire
from programs import HERE, Model, Service
from recorder import Recorder
from stage import Stage, documents

# Places of the model server: what it works on at a time.
PLACES = 4


def model(folder: pathlib.Path) -> pathlib.Path:
    """The model file, made twice: it is the same file."""
    files = [folder / "nonsense.gguf", folder / "again.gguf"]
    for file in files:
        subprocess.run([sys.executable, HERE / "make_model.py", file], check=True)
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    if len(digests) > 1:
        sys.exit("FAIL: the model file is not the same twice")
    print(f"ok: model: {files[0].stat().st_size} bytes of random weights, SHA-256 {digests.pop()[:16]}…, the same twice")
    files[1].unlink()
    return files[0]


def main(program: str, folder: str, notes: str) -> int:
    """Sets the stage, runs every check on it, and ends all that was started."""
    stage = None
    server = Model(str(model(pathlib.Path(folder))), PLACES)
    off = Service(program)
    try:
        server.start()
        off.start()
        stage = Stage(program, server, Recorder(server.port), off, documents())
        wire.run(stage)
        nonsense.run(stage)
        trouble.run(stage)
        evaluate.run(stage, notes)
        return int(stage.failed)
    finally:
        off.end()
        server.end()


def stop(*_: object) -> None:
    """An end from outside is an end like any other: what was started is ended."""
    sys.exit("FAIL: interrupted")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    sys.exit(main(*sys.argv[1:]))
