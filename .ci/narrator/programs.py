"""The programs that the checks start, ask and end."""

import contextlib
import http.client
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def free_port() -> int:
    """A port on which nobody listens at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Program:
    """A process of ours, with what it wrote. It is ended by its own number and by nothing wider."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.command, self.env, self.written = command, env, b""
        self.process: subprocess.Popen | None = None

    def start(self, is_up) -> None:
        """Starts it and waits until `is_up`."""
        self.out = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command, env=self.env, stdout=self.out, stderr=subprocess.STDOUT)
        until = time.monotonic() + 60
        try:
            while not is_up():
                if self.process.poll() is not None or time.monotonic() > until:
                    sys.exit(f"FAIL: {self.command[0]} did not start: {self.log()[-2000:].decode(errors='replace')}")
                time.sleep(0.05)
        except BaseException:
            self.end(signal.SIGKILL)
            raise

    def log(self) -> bytes:
        """All that it wrote, also in earlier lives."""
        if self.process:
            self.out.seek(0)
            return self.written + self.out.read()
        return self.written

    def send(self, what: signal.Signals) -> None:
        """A signal to it alone."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(what)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it, and waits until it has gone."""
        if not self.process:
            return
        self.send(signal.SIGCONT)
        self.send(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.send(signal.SIGKILL)
        self.process.wait()
        self.written = self.log()
        self.out.close()
        self.process = None


class Model(Program):
    """The HTTP server of llama.cpp."""

    def __init__(self, file: str, places: int) -> None:
        self.port = free_port()
        command = [sys.executable, str(HERE / "serve.py"), file, str(self.port), str(places)]
        super().__init__(command, {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"})

    def start(self) -> None:
        """Starts it on its port."""
        super().start(lambda: ask(self.port, "GET", "/health", seconds=2)[0] == 200)


class Service(Program):
    """`clinical-notes serve`."""

    def __init__(self, program: str, **settings: object) -> None:
        self.port = free_port()
        env = {"PATH": os.environ["PATH"], "CLINICAL_RATE_LIMIT_PER_MINUTE": "1000000"}
        env |= {name: str(value) for name, value in settings.items()}
        super().__init__([program, "serve", "--port", str(self.port)], env)

    def start(self) -> "Service":
        """Starts it on its port."""
        super().start(lambda: ask(self.port, "GET", "/api/v1/health/ready", seconds=2)[0] == 200)
        return self

    def sheet(self, document: bytes, accept: str, kind: str) -> tuple[int, bytes, float]:
        """Status, sheet and seconds."""
        start = time.monotonic()
        status, body = ask(self.port, "POST", "/api/v1/summarize", document, {"Accept": accept, "Content-Type": kind})
        return status, body, time.monotonic() - start

    def metrics(self) -> "Metrics":
        """What it counted until now."""
        return Metrics(ask(self.port, "GET", "/metrics")[1].decode())


class Metrics:
    """Series of Prometheus."""

    LINE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)")

    def __init__(self, text: str) -> None:
        self.series: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
        for line in text.splitlines():
            if found := self.LINE.match(line):
                labels = tuple(re.findall(r'(\w+)="([^"]*)"', found[2] or ""))
                self.series[found[1], labels] = float(found[3])

    def by(self, name: str, label: str) -> dict[str, int]:
        """Values of a series by a label, without those that are nothing."""
        out: dict[str, int] = {}
        for (series, labels), value in self.series.items():
            if series == name and value:
                key = dict(labels).get(label, "")
                out[key] = out.get(key, 0) + int(value)
        return dict(sorted(out.items()))

    def one(self, name: str) -> int:
        """The value of a series without labels; the sum of one with them."""
        return int(sum(value for (series, _), value in self.series.items() if series == name))


def ask(port: int, method: str, path: str, body: bytes | None = None, headers=None, seconds: float = 60):
    """Status and body of a reply; 0 where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(method, path, body, headers or {})
        reply = connection.getresponse()
        return reply.status, reply.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()
