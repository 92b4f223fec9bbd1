"""What a sheet is when the model server is crowded, silent, cut short, gone and back: the deterministic one, in time."""

import json
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from programs import Service, ask
from stage import ASKED, BREAKER, KEPT, REFUSED, REQUESTS, Document, Stage, same

# The service's own limit for one document, which is its default.
LONGEST = 5.0
CROWD = 8
TEXT = "text/plain"
# A breaker that opened lets a request try after 30 seconds.
RECOVERY = 60


def run(stage: Stage) -> None:
    """The checks."""
    note = stage.documents[0]
    crowd(stage, note)
    silent(stage, note)
    cut(stage, note)
    gone(stage, note)


def many(service: Service, document: Document, times: int) -> list[tuple[int, bytes, float]]:
    """As many sheets at once."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _: service.sheet(document.content, TEXT, document.kind), range(times)))


def judge(stage: Stage, what: str, document: Document, sheets: list[tuple[int, bytes, float]]) -> None:
    """All of them came, in time, and are the deterministic one."""
    _, off, _ = stage.off.sheet(document.content, TEXT, document.kind)
    good = sum(status == 200 and same(TEXT, page, off) and seconds < LONGEST for status, page, seconds in sheets)
    slowest = max(seconds for _, _, seconds in sheets)
    stage.tell(
        good == len(sheets),
        f"{what}: {good} of {len(sheets)} sheets are the deterministic one and in time, the slowest in {slowest:.2f} s",
    )


def counted(stage: Stage, what: str, service: Service, outcomes: set[str], reasons: set[str]) -> None:
    """What came of requests and sentences is among what is expected, and every sentence is counted."""
    metrics = service.metrics()
    requests, refused = metrics.by(REQUESTS, "outcome"), metrics.by(REFUSED, "reason")
    asked, kept = metrics.one(ASKED), metrics.one(KEPT)
    stage.tell(
        bool(requests)
        and set(requests) <= outcomes
        and 0 < asked == sum(refused.values())
        and kept == 0
        and (not reasons or set(refused) == reasons),
        f"{what}: requests {requests}; {asked} sentences asked, {kept} kept, refused {refused}",
    )


def crowd(stage: Stage, note: Document) -> None:
    """Many documents at once, and a bound on what the model server is asked at once."""
    places = 2
    service = stage.service(CLINICAL_AI_CONCURRENCY=places).start()
    try:
        stage.recorder.most = 0
        judge(stage, f"{CROWD} documents at once", note, many(service, note, CROWD))
        most = stage.recorder.most
        stage.tell(0 < most <= places, f"{CROWD} documents at once: {most} requests at once at most, {places} are allowed")
        # A slow machine may have no time left for the last of them.
        counted(stage, f"{CROWD} documents at once", service, {"answered", "unfinished", "busy", "late", "timeout"}, set())
        stage.tell("answered" in service.metrics().by(REQUESTS, "outcome"), f"{CROWD} documents at once: some were answered")
    finally:
        service.end()


def silent(stage: Stage, note: Document) -> None:
    """A server that takes connections and says nothing: the process is stopped, its port stays open."""
    for seconds, words in ((1, "a silent server, time-out of 1 s"), (600, "a silent server, time-out of 600 s")):
        service = stage.service(CLINICAL_AI_TIMEOUT_SECONDS=seconds).start()
        stage.model.send(signal.SIGSTOP)
        try:
            judge(stage, words, note, [service.sheet(note.content, TEXT, note.kind)])
            judge(stage, f"{words}, {CROWD} at once", note, many(service, note, CROWD))
            counted(stage, words, service, {"timeout", "busy", "late", "resting"}, {"no-reply"})
        finally:
            stage.model.send(signal.SIGCONT)
            service.end()


def cut(stage: Stage, note: Document) -> None:
    """Replies that end in the middle: the fewest tokens that can be set, of a prompt that asks for more."""
    service = stage.service(CLINICAL_AI_MAX_TOKENS=64).start()
    try:
        sheets = [service.sheet(d.content, TEXT, d.kind) for d in stage.documents]
        good = sum(status == 200 for status, _, _ in sheets)
        stage.tell(good == len(sheets), f"replies of 64 tokens at most: {good} of {len(sheets)} sheets came")
        counted(stage, "replies of 64 tokens at most", service, {"answered", "unfinished"}, set())
    finally:
        service.end()


def state(service: Service) -> dict:
    """What the service says of the model server."""
    _, body = ask(service.port, "GET", "/api/v1/health/dependencies")
    return json.loads(body)["dependencies"]["model"]


def gone(stage: Stage, note: Document) -> None:
    """The server is killed, and comes back."""
    service = stage.service(CLINICAL_AI_BASE_URL=f"http://127.0.0.1:{stage.model.port}/v1").start()
    try:
        judge(stage, "before the server is killed", note, [service.sheet(note.content, TEXT, note.kind)])
        said = state(service)
        stage.tell(said["status"] == "up", f"before the server is killed: dependencies say {said}")

        stage.model.end(signal.SIGKILL)
        sheets = [service.sheet(note.content, TEXT, note.kind) for _ in range(10)]
        judge(stage, "the server is killed", note, sheets)
        said = state(service)
        ready, _ = ask(service.port, "GET", "/api/v1/health/ready")
        stage.tell(
            said["status"] == "degraded" and ready == 200,
            f"the server is killed: dependencies say {said}, readiness {ready}",
        )
        opened = service.metrics().one(BREAKER)
        last = sheets[-1][2]
        stage.tell(opened == 2, f"the server is killed: breaker {opened} (2 is open), the last sheet in {last:.2f} s")
        outcomes = {"answered", "unfinished", "timeout", "unreachable", "broken", "resting"}
        counted(stage, "the server is killed", service, outcomes, set())

        stage.model.start()
        start = time.monotonic()
        while state(service)["status"] != "up" and time.monotonic() - start < RECOVERY:
            service.sheet(note.content, TEXT, note.kind)
            time.sleep(0.5)
        said, took = state(service), time.monotonic() - start
        stage.tell(said["status"] == "up", f"the server is back: dependencies say {said} after {took:.0f} s")
        judge(stage, "the server is back", note, [service.sheet(note.content, TEXT, note.kind)])
    finally:
        service.end()
