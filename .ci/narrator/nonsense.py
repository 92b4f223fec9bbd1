"""What a sheet is when the model writes nonsense: the deterministic one."""

import json
import re

from programs import Service
from recorder import Exchange
from stage import ASKED, KEPT, PAGES, REFUSED, REQUESTS, Stage, planted, same
from wire import fits, schema

# Medicines of our note and of the samples.
MEDICINES = "lisinopril losartan albuterol fluticasone metformin ibuprofen furosemide metoprolol apixaban naproxen".split()


def run(stage: Stage) -> None:
    """The checks."""
    service = stage.service().start()
    try:
        before = len(stage.recorder.chats)
        alike, sheets, slowest = 0, 0, 0.0
        for document in stage.documents:
            for page in PAGES:
                status, on, seconds = service.sheet(document.content, page, document.kind)
                status_off, off, _ = stage.off.sheet(document.content, page, document.kind)
                sheets += 1
                slowest = max(slowest, seconds)
                is_alike = status == status_off == 200 and same(page, on, off)
                alike += is_alike
                if not is_alike:
                    print(f"    {document.name} as {page}: {status}, {status_off}, {len(on)} and {len(off)} bytes")
        stage.tell(
            alike == sheets,
            f"nonsense: {alike} of {sheets} sheets are those without a model (all formats of "
            f"{len(stage.documents)} documents; JSON but for its account), the slowest in {slowest:.2f} s",
        )
        protocol(stage, stage.recorder.chats[before:])
        counted(stage, service, stage.recorder.chats[before:])
        private(stage)
    finally:
        service.end()


def protocol(stage: Stage, chats: list[Exchange]) -> None:
    """What the requests were like."""
    formats = [e.asked().get("response_format", {}) for e in chats]
    constrained = sum(f.get("json_schema", {}).get("schema") == schema() for f in formats)
    cold = sum(e.asked().get("temperature") == 0 for e in chats)
    stage.tell(
        0 < len(chats) == constrained == cold,
        f"requests: {len(chats)}, {constrained} with the schema, {cold} at temperature 0",
    )
    said = [text for e in chats if (text := e.said()) is not None]
    good = sum(map(fits, said))
    stage.tell(
        0 < len(said) == good and len(said) > len(chats) / 2,
        f"requests: {len(said)} of {len(chats)} were answered to the end, {good} of them in the schema",
    )


def counted(stage: Stage, service: Service, chats: list[Exchange]) -> None:
    """Every request and every sentence is counted once."""
    metrics = service.metrics()
    by_outcome = metrics.by(REQUESTS, "outcome")
    stage.tell(
        sum(by_outcome.values()) == len(chats) and set(by_outcome) <= {"answered", "unfinished", "timeout"},
        f"metrics: requests by outcome: {by_outcome}",
    )
    sent = sum(len(sentences(e)) for e in chats)
    asked, kept, refused = metrics.one(ASKED), metrics.one(KEPT), metrics.by(REFUSED, "reason")
    stage.tell(
        0 < sent == asked == sum(refused.values()) and kept == 0,
        f"metrics: {sent} sentences were sent, {asked} counted as asked, {kept} as kept, refused by reason: {refused}",
    )


def sentences(exchange: Exchange) -> list[dict]:
    """The sentences of a request."""
    return json.loads(exchange.asked()["messages"][-1]["content"])["sentences"]


def private(stage: Stage) -> None:
    """Nobody can be told from what was sent, nor from what the model server wrote down."""
    sent = b"\n".join(e.head.encode() + e.body for e in stage.recorder.exchanges).decode().lower()
    log = stage.model.log().decode(errors="replace").lower()
    for what, text in (("sent", sent), ("logged by the model server", log)):
        # The log has many numbers of its own; one that is nothing but digits could stand there by chance.
        words = [word for word in planted() if text is sent or not word.isdigit()]
        found = [word for word in words if word.lower() in text]
        # A search in the wrong text finds nothing, too: a word of the note that does no harm must be there.
        stage.tell(
            not found and "asthma" in text,
            f"privacy: of {len(words)} planted identifiers {len(found)} in {len(text)} bytes {what}"
            + (f": {found}" if found else ""),
        )
    shown = [one["text"] for e in stage.recorder.chats for one in sentences(e)]
    outside = [re.sub(r"\[[A-Z]+ \d+\]", "", text) for text in shown]
    digits = sum(any(c.isdigit() for c in text) for text in outside)
    medicines = sum(any(name in text.lower() for name in MEDICINES) for text in outside)
    stage.tell(
        digits == medicines == 0 < len(shown),
        f"privacy: {len(shown)} sentences were shown, {digits} with a digit outside of placeholders, "
        f"{medicines} with a medicine of the documents",
    )
