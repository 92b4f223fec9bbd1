#!/usr/bin/env python3
"""Sends documents to a service over TLS, at a steady number at a time, and counts what came back. Nothing is retried.

    load.py --url https://127.0.0.1/api/v1/summarize?format=json --ca tls.crt --name notes.example.org \
            --token-file token --body samples/visit.json --seconds 20 --at-once 8

It ends after --seconds, or when the file of --until exists, after --most seconds in any case. One JSON object on standard
output: sent, ok, failed by kind, quantiles of latency in milliseconds. The exit status is 1 if anything failed.
"""

import argparse
import collections
import http.client
import json
import os
import socket
import ssl
import sys
import threading
import time
import urllib.parse


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--ca", required=True, help="the certificate that is trusted")
    parser.add_argument("--name", required=True, help="the name in the certificate and in Host")
    parser.add_argument("--token-file", required=True)
    parser.add_argument("--body", required=True, nargs="+", help="documents, sent in turn")
    parser.add_argument("--type", default="application/fhir+json")
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--until", help="goes on until this file exists")
    parser.add_argument("--most", type=float, default=300)
    parser.add_argument("--rest", type=float, default=0, help="seconds that each sender rests after a reply")
    return parser.parse_args()


class Connection(http.client.HTTPSConnection):
    """A connection to one address, held to the name of another."""

    def __init__(self, host, port, name, context):
        super().__init__(host, port, timeout=30, context=context)
        self.name = name

    def connect(self):
        plain = socket.create_connection((self.host, self.port), self.timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.name)


class Count:
    def __init__(self):
        self.lock = threading.Lock()
        self.kinds = collections.Counter()
        self.times = []
        self.longest_gap = 0.0
        self.began = self.last_ok = time.monotonic()
        self.failed_at = []

    def add(self, kind, began):
        now = time.monotonic()
        with self.lock:
            self.kinds[kind] += 1
            self.times.append(now - began)
            if kind == "ok":
                self.longest_gap = max(self.longest_gap, now - self.last_ok)
                self.last_ok = now
            else:
                self.failed_at.append(round(now - self.began, 1))


def refusal(page):
    """The code of an OperationOutcome."""
    try:
        return json.loads(page)["issue"][0]["code"]
    except (ValueError, LookupError, TypeError):
        return "without an OperationOutcome"


def send(options, count, bodies, token, ends):
    address = urllib.parse.urlsplit(options.url)
    target = address.path + ("?" + address.query if address.query else "")
    context = ssl.create_default_context(cafile=options.ca)
    headers = {"Host": options.name, "Content-Type": options.type, "Authorization": "Bearer " + token}
    connection = None
    turn = 0
    while not ends():
        turn += 1
        began = time.monotonic()
        try:
            if connection is None:
                connection = Connection(address.hostname, address.port or 443, options.name, context)
            connection.request("POST", target, bodies[turn % len(bodies)], headers)
            reply = connection.getresponse()
            page = reply.read()
            kind = f"status {reply.status}"
            if reply.status != 200:
                kind += f" {refusal(page)}"
            else:
                # A reply that is not whole is no reply.
                json.loads(page)
                kind = "ok"
            if reply.will_close:
                connection.close()
                connection = None
        except (OSError, http.client.HTTPException, ValueError) as error:
            kind = type(error).__name__
            if connection is not None:
                connection.close()
            connection = None
        count.add(kind, began)
        if options.rest:
            time.sleep(options.rest)


def quantile(times, share):
    return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 1) if times else None


def main():
    options = arguments()
    bodies = [open(path, "rb").read() for path in options.body]
    token = open(options.token_file, encoding="ascii").read().strip()
    began = time.monotonic()
    last = began + min(options.most, options.most if options.until else options.seconds)

    def ends():
        return time.monotonic() >= last or bool(options.until and os.path.exists(options.until))

    count = Count()
    senders = [
        threading.Thread(target=send, args=(options, count, bodies, token, ends)) for _ in range(options.at_once)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    took = time.monotonic() - began
    times = sorted(count.times)
    failed = {kind: number for kind, number in count.kinds.items() if kind != "ok"}
    report = {
        "sent": len(times),
        "ok": count.kinds["ok"],
        "failed": sum(failed.values()),
        "failed_by_kind": failed,
        "failed_at_seconds": sorted(set(count.failed_at))[:20],
        "seconds": round(took, 1),
        "a_second": round(len(times) / took, 1),
        "milliseconds": {"p50": quantile(times, 0.5), "p95": quantile(times, 0.95), "p99": quantile(times, 0.99),
                         "most": quantile(times, 1)},
        "longest_without_reply_ms": round(count.longest_gap * 1000),
    }
    print(json.dumps(report))
    # A load that sent nothing has shown nothing.
    return 0 if report["ok"] and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
