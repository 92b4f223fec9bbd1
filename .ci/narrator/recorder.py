"""Stands between the service and a model server and keeps in memory what either says.

It passes requests on as they are, so that what is recorded is what was sent; it writes nothing anywhere.
"""

import dataclasses
import http.client
import http.server
import json
import select
import threading


@dataclasses.dataclass
class Exchange:
    """A request and its reply; no status where none came."""

    path: str
    head: str
    body: bytes
    status: int | None = None
    reply: bytes = b""

    def asked(self) -> dict:
        """The request as JSON."""
        return json.loads(self.body)

    def said(self) -> str | None:
        """What the model wrote, where the server answered and the model came to its end."""
        if self.status != 200:
            return None
        choice = json.loads(self.reply)["choices"][0]
        return choice["message"]["content"] if choice["finish_reason"] == "stop" else None


class Recorder(http.server.ThreadingHTTPServer):
    """Listens on a port of its own and passes on to `port`."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.to = port
        self.exchanges: list[Exchange] = []
        self.open, self.most = 0, 0
        self.counting = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def count(self, step: int) -> None:
        """Keeps how many requests are open, and how many were at most."""
        with self.counting:
            self.open += step
            self.most = max(self.most, self.open)

    @property
    def chats(self) -> list[Exchange]:
        """Requests for words; a look at the list of models is none."""
        return [e for e in self.exchanges if e.path.endswith("/chat/completions")]

    def handle_error(self, request, client_address) -> None:
        """A client that has gone away is part of the checks."""


class Passing(http.server.BaseHTTPRequestHandler):
    """One connection of the service."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is written."""

    def pass_on(self) -> None:
        """Sends the request on and its reply back; where there is no server, the connection ends as it would there."""
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        exchange = Exchange(self.path, str(self.headers), body)
        self.server.exchanges.append(exchange)
        self.server.count(1)
        onward = http.client.HTTPConnection("127.0.0.1", self.server.to, timeout=60)
        try:
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
            onward.request(self.command, self.path, body or None, headers)
            self.wait(onward)
            reply = onward.getresponse()
            exchange.reply, exchange.status = reply.read(), reply.status
            kind = reply.getheader("content-type", "application/json")
        except (OSError, http.client.HTTPException):
            self.close_connection = True
            return
        finally:
            onward.close()
            self.server.count(-1)
        self.send_response(exchange.status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(exchange.reply)))
        self.end_headers()
        self.wfile.write(exchange.reply)

    def wait(self, onward: http.client.HTTPConnection) -> None:
        """Waits for the reply. A client that goes away before ends the request behind, as it would without us."""
        readable, _, _ = select.select([onward.sock, self.connection], [], [], 600)
        if onward.sock not in readable:
            raise ConnectionError("the client has gone")

    do_GET = do_POST = pass_on
