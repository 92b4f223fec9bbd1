"""Forty of the longest records at once: the limit on memory has to be enough for them."""

import json
import pathlib
import re
from concurrent.futures import ThreadPoolExecutor

from load import ROOT

AT_ONCE = 40


def record(megabytes):
    """The sample visit with its entries again and again, a little shorter than the longest body."""
    bundle = json.loads((ROOT / "samples/visit.json").read_text())
    entries = [entry for entry in bundle["entry"] if entry["resource"]["resourceType"] != "Patient"]
    size, at = len(json.dumps(bundle)), 0
    while size < (megabytes << 20) * 0.99:
        at += 1
        again = json.loads(json.dumps(entries[at % len(entries)]))
        again["fullUrl"] = f"urn:uuid:00000000-0000-4000-8000-{at:012}"
        again["resource"]["id"] = f"again-{at}"
        bundle["entry"].append(again)
        size += len(json.dumps(again)) + 2
    return json.dumps(bundle).encode()


def send(post, megabytes):
    """How many were served, refused, and cut off."""
    body = record(megabytes)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        said = list(crowd.map(lambda _: post(body), range(AT_ONCE)))
    return said.count(200), said.count(503), AT_ONCE - said.count(200) - said.count(503)


def peak(process):
    """The most that a process held, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{process}/status").read_text())
    return int(found[1]) << 10
