"""What there is to be named: files, tests, settings, routes, alerts, series, recipes."""

import json
import os
import re
import subprocess
import tomllib
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path

import yaml


class Repository:
    def __init__(self, root):
        self.root = Path(root)

    @cached_property
    def files(self):
        """Tracked files and those that are new and not ignored."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.root, capture_output=True, check=True,
        ).stdout.decode().split("\0")
        return {name for name in listed if name and (self.root / name).exists()}

    @cached_property
    def folders(self):
        return {str(parent) for name in self.files for parent in Path(name).parents}

    @cached_property
    def tops(self):
        return {name.split("/")[0] for name in self.files if "/" in name}

    @cached_property
    def crates(self):
        return {name.split("/")[1] for name in self.files if name.startswith("crates/")}

    @cached_property
    def names(self):
        return {os.path.basename(name) for name in self.files}

    def text(self, name):
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    def has(self, name):
        """Whether this is a file or a folder; a star stands for a part of a name."""
        name = os.path.normpath(name)
        if "*" in name:
            return any(fnmatch(other, name) for other in self.files | self.folders)
        return name in self.files or name in self.folders

    def find(self, name, beside=""):
        """The path of what a guide calls so: from the root, beside the guide, below crates/ or below a crate."""
        places = ["", beside, "crates", *(f"crates/{crate}" for crate in sorted(self.crates))]
        return next((os.path.normpath(os.path.join(place, name)) for place in places if self.has(os.path.join(place, name))), None)

    @cached_property
    def settings(self):
        """Every name of docs/CONFIGURATION.md, each also as NAME_FILE."""
        rows = re.findall(r"^\| (`[^|]*`) \|", self.text("docs/CONFIGURATION.md"), re.MULTILINE)
        names = {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}
        return names | {f"{name}_FILE" for name in names}

    @cached_property
    def variables(self):
        """Variables of other files that guides may name: of compose files, the Dockerfile, scripts and CI."""
        of = [name for name in self.files if re.match(r"docker-compose|Dockerfile|docker/|deploy/|\.ci/|\.github/", name)]
        texts = [self.text(name) for name in of if not name.endswith(".md")]
        found = {name for text in texts for name in re.findall(r"\$\{?([A-Z][A-Z0-9_]+)", text)}
        return found | {name for text in texts for name in re.findall(r"^(?:ARG|ENV) ([A-Z][A-Z0-9_]+)", text, re.MULTILINE)}

    @cached_property
    def routes(self):
        """(method, pattern) of the table in docs/API.md, which a test of the program holds to its routes."""
        return {
            (method, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) + "$"))
            for method, path in re.findall(r"^\| (GET|POST) `([^`]+)` \|", self.text("docs/API.md"), re.MULTILINE)
        } | {
            (method.upper(), re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) + "$"))
            for path, methods in json.loads(self.text("docs/openapi.json"))["paths"].items() for method in methods
        }

    @cached_property
    def alerts(self):
        return set(re.findall(r"- alert: (\w+)", self.text("docker/monitoring/alerts.yml")))

    @cached_property
    def series(self):
        """Beginnings of names of metrics, as the program's source has them."""
        texts = (self.text(name) for name in self.files if name.startswith("crates/clinical-app/src/metrics/"))
        return {name for text in texts for name in re.findall(r"\"(clinical_[a-z_]+)\"", text)}

    @cached_property
    def recipes(self):
        return set(re.findall(r"^([a-z][\w-]*)(?: [^\n]*?)?:(?!=)", self.text("justfile"), re.MULTILINE))

    @cached_property
    def packages(self):
        """{package: {"example": names, "test": names, "bench": names, "bin": names}}"""
        found = {}
        for crate in self.crates:
            manifest = tomllib.loads(self.text(f"crates/{crate}/Cargo.toml"))
            kinds = {"bin": {one["name"] for one in manifest.get("bin", [])}}
            for kind, folder in (("example", "examples"), ("test", "tests"), ("bench", "benches")):
                kinds[kind] = {one["name"] for one in manifest.get(kind, [])}
                for name in self.files:
                    part = re.match(rf"crates/{re.escape(crate)}/{folder}/(?:([\w-]+)\.rs|([\w-]+)/main\.rs)$", name)
                    if part:
                        kinds[kind].add(part.group(1) or part.group(2))
            found[manifest["package"]["name"]] = kinds
        return found

    def has_test(self, file, test):
        name = self.find(file)
        if name is None or not name.endswith(".rs"):
            return False
        code = self.text(name)
        return re.search(rf"\bfn {re.escape(test)}\b", code) is not None or (test == "compile_fail" and "```compile_fail" in code)

    @cached_property
    def cluster(self):
        """Names of what deploy/kubernetes makes, by kind in small letters, and namespaces."""
        found = {}
        for name in self.files:
            if name.startswith("deploy/kubernetes/") and name.endswith((".yaml", ".yml")):
                try:
                    documents = list(yaml.safe_load_all(self.text(name)))
                except yaml.YAMLError:
                    continue
                for document in documents:
                    if isinstance(document, dict) and isinstance(document.get("metadata"), dict):
                        found.setdefault(str(document.get("kind", "")).lower(), set()).add(document["metadata"].get("name"))
        return found

    @cache
    def code_of(self, name):
        """A script without its comments."""
        return "\n".join(line for line in self.text(name).split("\n") if not line.lstrip().startswith("#"))
