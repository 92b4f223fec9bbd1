"""This is no language model. It puts other words into sentences by a list of rules, and answers as a model server would.

    paraphraser.py PORT

It is there so that the whole way of a rewording, from the request to the sheet, can be gone on a machine without a model.
It does what the request says as far as rules can: it takes the plain words that it is told for a sentence, and its own
only where none are told. Much of what it writes changes nothing, and is refused for that. What it reaches says nothing of
what a model would reach.
It listens on 127.0.0.1 only and says "ready" on standard output.
"""

import http.server
import json
import re
import signal
import sys
import threading

# Clinical words and plain ones. The first word that fits is taken, so longer wordings stand first.
PLAIN = {
    r"shortness of breath": "trouble breathing",
    r"dyspnea on exertion": "trouble breathing when active",
    r"dyspnea": "trouble breathing",
    r"myocardial infarction": "heart attack",
    r"hypertensive": "with high blood pressure",
    r"hypertension": "high blood pressure",
    r"hyperlipidemia": "high cholesterol",
    r"abdominal pain": "belly pain",
    r"abdomen": "belly",
    r"rhinorrhea": "runny nose",
    r"erythema": "redness",
    r"erythematous": "red",
    r"edema": "swelling",
    r"emesis": "vomiting",
    r"pruritus": "itching",
    r"cephalgia": "headache",
    r"syncope": "fainting",
    r"fatigue": "tiredness",
    r"tenderness to palpation": "pain when touched",
    r"ambulating": "walking",
    r"ambulate": "walk",
    r"utilize": "use",
    r"discontinue": "stop",
    r"physician": "doctor",
}
# What begins a clause of its own: what is told is then no thing that somebody has.
CLAUSE = r"(?:that|he|she|his|her|it|they|this|no|not|the|when|having)\b"
# From the third person to the second. What comes later sees what was done before.
PERSON = [
    (r"\b(?:the )?patient reports that (?:he|she) (?:is|was)\b", "you said you are"),
    (r"\b(?:the )?(?:patient|he|she) denies (?:any )?", "you said you do not have "),
    (rf"\b(?:the )?(?:patient|he|she) (?:reports|endorses|complains of|notes)(?: having)? (?!{CLAUSE})", "you said you have "),
    (r"\b(?:the )?(?:patient|he|she) presents (?:today )?with ", "you came with "),
    (r"\b(?:the )?(?:patient|he|she) has\b", "you have"),
    (r"\b(?:the )?(?:patient|he|she) was\b", "you were"),
    (r"\b(?:the )?(?:patient|he|she) is\b", "you are"),
    (r"\b(?:the )?patient['’]s\b", "your"),
    (r"\bhis\b", "your"),
    (r"\bdenies (?:any )?", "you said you do not have "),
    (rf"\breports (?!{CLAUSE})", "you said you have "),
    (r"\bno evidence of\b", "no sign of"),
    (r"\b(?:the )?patient\b", "you"),
]


def reworded(text: str, words: dict) -> str:
    """The sentence in other words, placeholders untouched: from third person to second, then the words that are told."""
    told = [(rf"(?<!\w){re.escape(hard)}(?!\w)", plain[0]) for hard, plain in words.items() if plain and plain[0] != "you"]
    own = [(rf"\b{clinical}\b", plain) for clinical, plain in PLAIN.items()]
    pieces = re.split(r"(\[[A-Z]+ \d+\])", text)
    for index in range(0, len(pieces), 2):
        for pattern, plain in [*PERSON, *told, *own]:
            pieces[index] = re.sub(pattern, plain, pieces[index], flags=re.IGNORECASE)
    text = "".join(pieces)
    return text[:1].upper() + text[1:]


def answer(request: dict) -> dict:
    """The reply to a request for a chat completion."""
    asked = json.loads(request["messages"][-1]["content"])
    said = [{"id": one["id"], "text": reworded(one["text"], one.get("words", {}))} for one in asked["sentences"]]
    message = {"role": "assistant", "content": json.dumps({"sentences": said})}
    return {
        "id": "rules",
        "object": "chat.completion",
        "created": 0,
        "model": request.get("model", "rules"),
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }


class Answering(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is written: it could repeat what was asked."""

    def reply(self, status: int, what: dict) -> None:
        """Sends JSON."""
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """The list of models."""
        if self.path.endswith("/models"):
            self.reply(200, {"object": "list", "data": [{"id": "rules", "object": "model", "owned_by": "nobody"}]})
        else:
            self.reply(200, {"status": "ok"})

    def do_POST(self) -> None:
        """A chat completion."""
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        try:
            self.reply(200, answer(json.loads(body)))
        except (ValueError, KeyError, TypeError, IndexError):
            self.reply(400, {"error": {"message": "not a request for a chat completion", "type": "invalid_request_error"}})


def main(port: int) -> None:
    """Serves until it is ended."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main(int(sys.argv[1]))
