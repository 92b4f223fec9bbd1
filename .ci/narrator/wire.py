"""The model server by itself: whether it is what the service will speak to, and what its schema does."""

import json
import re

from programs import ask
from stage import REPOSITORY, Stage

TOLD = "Put each sentence into plainer words."
SENTENCES = ["Patient denies chest pain.", "Take [MEDICINE 1] [TIME 2].", "No swelling of the left knee."]


def schema() -> dict:
    """The schema of replies, out of the source of the program."""
    source = (REPOSITORY / "crates/clinical-narrator/src/ask.rs").read_text()
    return json.loads(re.search(r'SCHEMA: &str = r#"(.*?)"#', source)[1])


def fits(text: str | None) -> bool:
    """Whether a text is JSON of that schema."""
    try:
        said = json.loads(text or "")
        return set(said) == {"sentences"} and all(
            set(one) == {"id", "text"} and type(one["id"]) is int and type(one["text"]) is str
            for one in said["sentences"]
        )
    except (ValueError, TypeError):
        return False


def chat(stage: Stage, sentences: list[str], constrained: bool) -> tuple[int, dict]:
    """One request as the service makes it, and the reply."""
    asked = {"sentences": [{"id": n, "text": text} for n, text in enumerate(sentences, 1)]}
    messages = [{"role": "system", "content": TOLD}, {"role": "user", "content": json.dumps(asked)}]
    request = {"model": "nonsense", "messages": messages, "temperature": 0, "seed": 0, "max_tokens": 2000}
    if constrained:
        shape = {"name": "sentences", "strict": True, "schema": schema()}
        request["response_format"] = {"type": "json_schema", "json_schema": shape}
    headers = {"Content-Type": "application/json"}
    status, body = ask(stage.model.port, "POST", "/v1/chat/completions", json.dumps(request).encode(), headers)
    return status, json.loads(body or "{}")


def run(stage: Stage) -> None:
    """The checks."""
    status, body = ask(stage.model.port, "GET", "/v1/models")
    names = [one["id"] for one in json.loads(body or '{"data":[]}')["data"]]
    stage.tell(status == 200 and names == ["nonsense"], f"model server: GET /v1/models answers {status}: {names}")

    written = []
    for many in range(1, len(SENTENCES) + 1):
        for _ in range(2):
            status, reply = chat(stage, SENTENCES[:many], constrained=True)
            choice = reply["choices"][0] if status == 200 else {"finish_reason": None}
            written.append(choice["message"]["content"] if choice["finish_reason"] == "stop" else None)
    ended = [text for text in written if text is not None]
    good = sum(map(fits, ended))
    stage.tell(
        0 < len(ended) == good,
        f"model server: {len(ended)} of {len(written)} replies came to an end, {good} of them are JSON of the service's schema",
    )
    stage.tell(written[::2] == written[1::2], "model server: the same question has the same answer (temperature 0)")
    status, reply = chat(stage, SENTENCES, constrained=False)
    free = reply["choices"][0]["message"]["content"] if status == 200 else None
    stage.tell(status == 200 and not fits(free), "model server: without the schema the same model writes none of it")
    print(f"    it writes, for example: {min(ended, key=len, default='')[:150]!r}")
