"""What the checks share: who plays, and how an outcome is told."""

import dataclasses
import json
import pathlib

from programs import HERE, Model, Service
from recorder import Recorder

REPOSITORY = HERE.parent.parent
PAGES = ("text/html", "text/plain", "text/markdown", "application/json")

# Series of the service.
REQUESTS = "clinical_narrator_requests_total"
ASKED = "clinical_narrator_sentences_asked_total"
KEPT = "clinical_narrator_sentences_kept_total"
REFUSED = "clinical_narrator_sentences_refused_total"
BREAKER = "clinical_narrator_breaker"

# Members of a JSON sheet that tell how and when it was made.
METADATA = ("processing_metadata", "fhir_metadata", "ai_processing_flags", "summary_id", "validation_id")
TIMES = ("generated_at", "validated_at")


@dataclasses.dataclass
class Document:
    """A record that is sent to the service."""

    name: str
    kind: str
    content: bytes


@dataclasses.dataclass
class Stage:
    """The players: the program, a service without a model, the model server, and the recorder in front of it."""

    program: str
    model: Model
    recorder: Recorder
    off: Service
    documents: list[Document]
    failed: bool = False

    def tell(self, holds: bool, what: str) -> None:
        """One line: what was looked at, with its figure."""
        self.failed |= not holds
        print(f"{'ok' if holds else 'FAIL'}: {what}", flush=True)

    def service(self, **settings: object) -> Service:
        """A service that asks the model, not yet started."""
        asked = {
            "CLINICAL_ENABLE_AI_PROCESSING": "true",
            "CLINICAL_AI_BASE_URL": f"http://127.0.0.1:{self.recorder.server_port}/v1",
            "CLINICAL_AI_MODEL": "nonsense",
        }
        return Service(self.program, **(asked | settings))


def documents() -> list[Document]:
    """Our note with its planted identifiers, and samples of every format."""
    out = [Document("note.txt", "text/plain", (HERE / "note.txt").read_bytes())]
    kinds = {".txt": "text/plain", ".json": "application/fhir+json", ".xml": "application/xml"}
    for name in ("office-note.txt", "discharge-note.txt", "visit.json", "discharge.json", "follow-up.xml"):
        path = REPOSITORY / "samples" / name
        out.append(Document(name, kinds[path.suffix], path.read_bytes()))
    return out


def without_metadata(value: object) -> object:
    """A JSON sheet without what tells how and when it was made."""
    if isinstance(value, dict):
        return {k: without_metadata(v) for k, v in value.items() if k not in METADATA + TIMES}
    return [without_metadata(one) for one in value] if isinstance(value, list) else value


def same(page: str, one: bytes, other: bytes) -> bool:
    """Whether two sheets say the same: byte for byte, but for the account of how it was made in JSON."""
    if page != "application/json":
        return one == other
    return without_metadata(json.loads(one)) == without_metadata(json.loads(other))


def planted(file: pathlib.Path = HERE / "identifiers.txt") -> list[str]:
    """The identifiers that stand in our note and in the samples."""
    return [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
