"""The rules for what stands in a guide: links, paths, names, fences. Each yields (line, kind, what is wrong)."""

import os
import re
import subprocess
import tempfile

import compose
import shell
from commands import Commands

SHELL = {"bash", "sh", "shell", "console"}
BRACES = re.compile(r"\{([^{}]*,[^{}]*)\}")
PATH = re.compile(r"(?<![\w/.~$}@:*=<…+-])(?:\./)?((?:[\w.*-]|\{[\w.,*-]+\})+(?:/(?:[\w.*@-]|\{[\w.,*-]+\})+)+/?)")
NAMED = re.compile(r"^[\w.*-]+\.(?:md|ya?ml|toml|rs|sh|bicep|bicepparam|conf|lock)$")
SETTING = re.compile(r"(?<![A-Za-z0-9_-])((?:CLINICAL|OAUTH2|OTEL)_[A-Z0-9_]*[A-Z0-9]|REDIS_URL(?:_FILE)?|[A-Z][A-Z_]*_IMAGE)(?![A-Za-z0-9_*…])")
TEST = re.compile(r"([\w./-]+\.rs)::(\w+)")
INSIDE = re.compile(r"(?<![\w.$}/-])(/app/[\w./*-]*[\w*/])")
SERIES = re.compile(r"(?<![\w-])(clinical_[a-z_]+)(?![\w-])")
ALERT = re.compile(r"(?<![\w`:])(Clinical[A-Z][A-Za-z]+)(?!\w)")


def expand(word):
    """Braces as the shell expands them."""
    found = BRACES.search(word)
    if not found:
        return [word]
    return [last for one in found.group(1).split(",") for last in expand(word[:found.start()] + one + word[found.end():])]


class Checks(Commands):
    def __init__(self, repository, program, known, shellcheck):
        self.repository, self.program, self.known, self.shellcheck = repository, program, known, shellcheck
        self.compose = compose.Files(repository.root)
        self.counts = {}

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number

    def guide(self, guide, guides):
        """All that is wrong with a guide."""
        beside = os.path.dirname(guide.path)
        found = [
            *self.links(guide, guides, beside),
            *self.tests(guide),
            *self.settings(guide),
            *self.words(guide),
            *self.paths(guide, beside),
        ]
        for fence in guide.fences:
            if self.is_shell(fence):
                found += self.syntax(fence)
                found += self.script(fence.text, fence.line, fence.language in SHELL)
        for line, code in guide.codes:
            found += self.code(line, code)
        return sorted(set(found))

    def is_shell(self, fence):
        if fence.language in SHELL:
            return True
        first = next((line.split()[0] for line in fence.text.split("\n") if line.split() and not line.startswith("#")), "")
        return fence.language == "" and (first in self.known["programs"] or first == "export")

    # Links, anchors, paths.

    def links(self, guide, guides, beside):
        for line, target in guide.links:
            if re.match(r"[a-z][a-z+.-]*:", target) or target.startswith("//"):
                continue
            self.count("links")
            path, _, anchor = target.partition("#")
            name = os.path.normpath(os.path.join(beside, path)) if path else guide.path
            if path and not self.repository.has(name) and name != ".":
                yield line, "link", f"{target} leads nowhere"
            elif anchor and name.endswith(".md"):
                other = guides(name)
                if other and anchor not in [slug for _, slug in other.headings]:
                    yield line, "anchor", f"{target}: no such heading"

    def made(self, path):
        """Whether a path is one of those that are made while the software runs or is built."""
        for one in self.known["made"]:
            base = one["path"]
            if path == base or (base.endswith("/") and (path + "/").startswith(base)):
                return True
        return False

    def paths(self, guide, beside):
        texts = [(line, code, True) for line, code in guide.codes]
        texts += [(fence.line + at, line, False) for fence in guide.fences for at, line in enumerate(fence.text.split("\n"))]
        for number, text, is_code in texts:
            text = re.sub(r"[\"']?\$\{?PWD\}?[\"']?/|[\"']?\$\(pwd\)[\"']?/", " ", text)
            is_cluster = "kubectl" in text
            for found in PATH.finditer(text):
                if text[found.end():].startswith("::"):
                    continue
                if not is_cluster or found.group(1).split("/")[0] not in self.known["kinds"] or self.repository.has(found.group(1)):
                    yield from self.path(number, found.group(1), beside, is_code)
            if is_code and NAMED.match(text) and not self.made(text) and text not in self.known["elsewhere"]:
                self.count("paths")
                if "*" not in text and text not in self.repository.names:
                    yield number, "path", f"{text}: no file is called so"
            for found in INSIDE.finditer(text):
                self.count("paths")
                if not any(found.group(1) == one or (one.endswith("/") and (found.group(1) + "/").startswith(one)) for one in self.known["inside"]):
                    yield number, "path", f"{found.group(1)} is not in the container"

    def path(self, number, word, beside, is_code):
        first = word.split("/")[0]
        is_ours = first in self.repository.tops or first in self.repository.crates
        is_part = is_code and first in ("src", "tests", "examples", "data", "templates") and re.search(r"\.\w+$", word)
        if not is_ours and not is_part:
            return
        for path in expand(word.rstrip(".")):
            self.count("paths")
            if not self.made(path) and self.repository.find(path, beside) is None:
                yield number, "path", f"{path} does not exist"

    # Names in running text.

    def tests(self, guide):
        for number, line in enumerate(guide.text.split("\n"), 1):
            for file, test in TEST.findall(line):
                self.count("tests")
                if not self.repository.has_test(file, test):
                    yield number, "test", f"{file}::{test} does not exist"

    def settings(self, guide):
        allowed = self.repository.settings | self.repository.variables | set(self.known["variables"])
        for number, line in enumerate(guide.text.split("\n"), 1):
            for name in SETTING.findall(line):
                self.count("settings")
                if name not in allowed:
                    yield number, "setting", f"{name} is not a setting of docs/CONFIGURATION.md"

    def words(self, guide):
        """Series, alerts and containers that are named in code."""
        lines = list(guide.codes)
        lines += [(fence.line + at, line) for fence in guide.fences for at, line in enumerate(fence.text.split("\n"))]
        others = {name.replace("-", "_") for name in self.repository.crates} | self.compose.secrets()
        for number, text in lines:
            for name in SERIES.findall(text):
                if name in others or f'"{name}"' in self.repository.text("docs/openapi.json"):
                    continue
                if re.search(rf"::{name}\b|/{name}\b|\b{name}=", text):
                    continue
                self.count("series")
                if not any(name == one or name.startswith(one + "_") for one in self.repository.series):
                    yield number, "series", f"{name} is not measured"
        for number, line in enumerate(guide.text.split("\n"), 1):
            for name in ALERT.findall(re.sub(r"`[^`]*::[^`]*`|ClinicalDocument", "", line.replace("`", " "))):
                self.count("alerts")
                if name not in self.repository.alerts:
                    yield number, "alert", f"{name} is not an alert of docker/monitoring/alerts.yml"

    # Fences and code in the line.

    def syntax(self, fence):
        self.count("fences")
        # An ellipsis and a word in angle brackets stand for what the reader puts there.
        text = re.sub(r"<([a-z][a-z -]*)>", r"\1", fence.text)
        told = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
        for line in told.stderr.strip().split("\n") if told.returncode else []:
            at = re.search(r"line (\d+): (.*)", line)
            yield fence.line + (int(at.group(1)) if at else 1) - 1, "syntax", at.group(2) if at else line
        if told.returncode:
            return
        with tempfile.NamedTemporaryFile("w", suffix=".sh") as file:
            file.write("#!/usr/bin/env bash\n" + text + "\n")
            file.flush()
            told = subprocess.run(
                [self.shellcheck, "--norc", "--severity=error", "--format=gcc", file.name], capture_output=True, text=True, check=False
            )
        for line in told.stdout.strip().split("\n") if told.returncode == 1 else []:
            at = re.search(r":(\d+):\d+: (.*)", line)
            yield fence.line + int(at.group(1)) - 2, "shellcheck", at.group(2)
        if told.returncode > 1:
            raise SystemExit(f"shellcheck does not run: {told.stderr}")

    def script(self, text, line, is_strict=True):
        found, functions = shell.commands(text, line)
        for one in found:
            yield from self.command(one.line, one.words, functions, is_strict)

    def code(self, line, code):
        """Code in the line is a command if it begins like one and has more than one word."""
        method = re.match(r"^(?:(GET|POST) )?(/(?:api|metrics|health|docs|openapi\.json|samples)[^\s]*)$", code)
        if method:
            yield from self.route(line, method.group(1), method.group(2))
            return
        first = code.split()[0] if code.split() else ""
        if code in self.known["texts"]:
            return
        if " " in code and (first in self.known["programs"] or self.repository.find(first.removeprefix("./")) in self.repository.files):
            yield from self.script(code, line)
