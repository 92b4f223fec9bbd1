"""`clinical-notes eval narrator` over a folder of notes: with the model of random weights, and with the rules that are none."""

import json
import os
import pathlib
import subprocess
import sys

from programs import HERE, Program, ask, free_port
from stage import Stage

# Notes that are asked about: enough for figures, few enough for a slow machine.
NOTES = 20


class Rules(Program):
    """paraphraser.py, which is no language model."""

    def __init__(self) -> None:
        self.port = free_port()
        super().__init__([sys.executable, str(HERE / "paraphraser.py"), str(self.port)], {"PATH": os.environ["PATH"]})

    def start(self) -> None:
        """Starts it on its port."""
        super().start(lambda: ask(self.port, "GET", "/health", seconds=2)[0] == 200)


def measure(stage: Stage, *words: str, port: int | None, model: str = "nonsense") -> subprocess.CompletedProcess:
    """Runs the command with the settings that a service would have."""
    env = {"PATH": os.environ["PATH"]}
    if port:
        env |= {
            "CLINICAL_ENABLE_AI_PROCESSING": "true",
            "CLINICAL_AI_BASE_URL": f"http://127.0.0.1:{port}/v1",
            "CLINICAL_AI_MODEL": model,
            "CLINICAL_AI_TIMEOUT_SECONDS": "30",
        }
    command = [stage.program, "eval", "narrator", *words]
    return subprocess.run(command, check=False, env=env, capture_output=True, text=True, timeout=900)


def run(stage: Stage, notes: str) -> None:
    """The checks."""
    absent = str(HERE / "no-such-folder")
    done = measure(stage, "--notes", absent, port=stage.model.port)
    stage.tell(done.returncode == 0 and done.stdout.startswith("not run"), f"eval without notes: {done.stdout.strip()!r}")
    done = measure(stage, "--notes", str(HERE), port=None)
    stage.tell(done.returncode == 64, f"eval without a model ends with {done.returncode}")
    folder = pathlib.Path(notes)
    if not folder.is_dir():
        print("not run: eval over notes (there is no folder of them)")
        folder = HERE
    asked = ["--notes", str(folder), "--limit", str(NOTES)]

    figures = told(stage, "random weights", measure(stage, *asked, "--json", port=stage.model.port))
    if figures:
        stage.tell(
            is_whole(figures) and figures["sentences"]["kept"] == 0,
            f"eval, random weights: {sums(figures)}",
        )
    rules = Rules()
    try:
        rules.start()
        figures = told(stage, "rules", measure(stage, *asked, "--json", port=rules.port, model="rules"))
        if figures:
            grades = figures["reading_grade"] or {"before": 0, "after": 0}
            stage.tell(
                is_whole(figures) and 0 < figures["sentences"]["kept"] and grades["after"] <= grades["before"],
                f"eval, rules that are no model: {sums(figures)}, grade {grades['before']} before, {grades['after']} after",
            )
    finally:
        rules.end()


def told(stage: Stage, what: str, done: subprocess.CompletedProcess) -> dict | None:
    """The figures, where it went well."""
    if done.returncode:
        stage.tell(False, f"eval, {what}: ended with {done.returncode}: {done.stderr.strip()[-500:]}")
        return None
    return json.loads(done.stdout)


def is_whole(figures: dict) -> bool:
    """Whether something was asked, and every sentence was kept or refused."""
    sentences = figures["sentences"]
    return 0 < sentences["asked"] == sentences["kept"] + sum(sentences["refused"].values())


def sums(figures: dict) -> str:
    """The figures in a line."""
    sentences, requests = figures["sentences"], figures["requests"]
    refused = sentences["refused"]
    reasons = ", ".join(f"{reason} {many}" for reason, many in sorted(refused.items(), key=lambda one: -one[1]))
    return (
        f"{figures['notes']} notes, {sentences['asked']} sentences, {sentences['kept']} kept, refused: {reasons}; "
        f"{requests['sent']} requests, median {requests['median_seconds']:.3f} s, p95 {requests['p95_seconds']:.3f} s"
    )
