"""The rules for commands: which program, which options, which names. Each yields (line, kind, what is wrong)."""

import os
import re
from fnmatch import fnmatch

import compose
import shell
from program import is_placeholder

ABOUT_WORDS = re.compile(r"\bcase \"?\$\{?(?:1|argument|action|command|step|word)\b[^\n]* in\b(.*?)\besac\b", re.DOTALL)
ARM = re.compile(r"(?:^|\n|;;) *\(?([a-z][a-z |-]*)\)")
TOOLS_INSIDE = {"clinical-notes", "cat", "id", "ls", "printenv"}
WRAPPERS = {"sudo", "exec", "command", "nohup", "time", "env", "timeout", "flock", "xargs", "watch"}
# Options of curl that make a POST of it, and others that take a value.
CURL_BODY = {"-d", "--data", "--data-binary", "--data-raw", "--data-urlencode", "-F", "--form"}
CURL_VALUED = {
    "-H", "--header", "-o", "--output", "-w", "--write-out", "-u", "--user", "--cacert", "--cert", "--key", "-m", "--max-time",
    "--connect-timeout", "--resolve", "--retry", "--retry-delay", "--limit-rate", "--unix-socket",
}


class Commands:
    """Needs `repository`, `program`, `known`, `compose` and `count` of who inherits from it."""

    def command(self, line, words, functions=frozenset(), is_strict=True):
        self.count("commands")
        while words and words[0] in WRAPPERS:
            name, words = words[0], words[1:]
            while words and (words[0].startswith("-") or shell.ASSIGNMENT.match(words[0]) or (name == "timeout" and re.match(r"^\d", words[0]))):
                words = words[1:]
            if name == "flock":
                words = words[1:]
        if not words:
            return
        first, rest = words[0], words[1:]
        if is_placeholder(first) or first in functions:
            return
        if "/" in first or first in ("bash", "sh", "source", "."):
            yield from self.called(line, words)
            return
        if first not in self.known["programs"] and first not in self.known["shell"]:
            if is_strict:
                yield line, "program", f"{first} is not a program that guides may use"
            return
        if first == "clinical-notes":
            yield from self.asked(line, rest)
        elif compose.compose_words(words) is not None:
            yield from self.composed(line, compose.compose_words(words))
        elif first == "docker":
            yield from self.docker(line, rest)
        elif first == "curl":
            yield from self.curl(line, rest)
        elif first == "cargo":
            yield from self.cargo(line, rest)
        elif first == "kubectl":
            yield from self.kubectl(line, rest)
        elif first == "just" and rest and rest[0] not in self.repository.recipes:
            yield line, "recipe", f"the justfile has no {rest[0]}"

    def asked(self, line, words):
        self.count("invocations of clinical-notes")
        for kind, what in self.program.faults(words):
            yield line, kind, what

    def called(self, line, words):
        """A script of the repository, by its path or through a shell."""
        if words[0] in ("bash", "sh", "source", "."):
            words = words[1:]
            while words and words[0].startswith("-"):
                if "c" in words[0]:
                    return
                words = words[1:]
            if not words or is_placeholder(words[0]):
                return
        name = words[0].removeprefix("./")
        if os.path.basename(name) == "clinical-notes":
            yield from self.asked(line, words[1:])
            return
        if name.startswith(("/", "~")) or self.made(name):
            return
        path = self.repository.find(name)
        if path not in self.repository.files:
            # What looks like a path of the repository is looked at as one, wherever it stands.
            if name.split("/")[0] not in self.repository.tops:
                yield line, "path", f"{name} is not a script of the repository"
            return
        code = self.repository.code_of(path)
        # Words that the script tells apart, if it tells words apart at all.
        arms = {arm for body in ABOUT_WORDS.findall(code) for several in ARM.findall(body) for arm in re.split(r" *\| *", several)}
        is_first = True
        for word in words[1:]:
            option = word.split("=")[0]
            if word.startswith("-") and word != "-":
                self.count("options of scripts")
                if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", code):
                    yield line, "script-option", f"{name} does not know {option}"
            elif is_first and arms and re.fullmatch(r"[a-z][a-z-]*", word):
                self.count("options of scripts")
                if word not in arms:
                    yield line, "script-option", f"{name} does not know {word}"
                is_first = False

    # Docker and Compose.

    def composed(self, line, words):
        options, rest = compose.split(words, compose.GLOBAL)
        files = [value for name, value in options if name in ("-f", "--file")] or ["docker-compose.yml"]
        for name in files:
            if is_placeholder(name):
                return
            if not self.repository.has(name):
                yield line, "compose-file", f"{name} does not exist"
                return
        for name, value in options:
            if name == "--profile" and value not in self.compose.profiles(files) and not is_placeholder(value):
                yield line, "profile", f"{value} is no profile of {' '.join(files)}"
        if not rest:
            return
        command, rest = rest[0], rest[1:]
        self.count("compose commands")
        if is_placeholder(command):
            return
        if command not in compose.COMMANDS:
            yield line, "compose", f"docker compose has no command {command}"
            return
        below, rest = compose.split(rest, compose.OWN.get(command, set()))
        if command in ("run", "exec"):
            named, rest = rest[:1], rest[1:]
        elif command in compose.NO_SERVICES:
            named = []
        else:
            named = [word for word in rest if not word.startswith("-")]
        services = self.compose.services(files)
        for name in named:
            if name not in services and not is_placeholder(name):
                yield line, "service", f"{name} is no service of {' '.join(files)}"
        if command in ("run", "exec") and rest and named and not is_placeholder(named[0]):
            body = services.get(named[0]) or {}
            is_ours = "CLINICAL_IMAGE" in str(body.get("image", ""))
            if command == "exec" and is_ours:
                yield from self.inside(line, rest)
            elif command == "run" and is_ours and "--entrypoint" not in [name for name, _ in below]:
                yield from self.asked(line, rest)

    def docker(self, line, words):
        if not words:
            return
        command, rest = words[0], words[1:]
        if command in ("container", "image") and rest:
            command, rest = rest[0], rest[1:]
            if words[0] == "image":
                return
        if command in compose.NAMING:
            _, rest = compose.split(rest, compose.NAMING[command])
            if not rest or is_placeholder(rest[0]) or ":" in rest[0]:
                return
            self.count("containers")
            if rest[0] not in self.compose.containers() and rest[0] not in self.known["containers"]:
                yield line, "container", f"no compose file names a container {rest[0]}"
            elif command == "exec" and rest[0].startswith("clinical-notes-api"):
                yield from self.inside(line, rest[1:])
        elif command == "run":
            options, rest = compose.split(rest, compose.RUN)
            if rest and is_our_image(rest[0]):
                entry = [value for name, value in options if name == "--entrypoint"]
                if entry:
                    yield from self.inside(line, [os.path.basename(entry[0]), *rest[1:]])
                else:
                    yield from self.asked(line, rest[1:])

    def inside(self, line, words):
        """A command in a container of our image: it has five programs."""
        if not words or is_placeholder(words[0]):
            return
        name = os.path.basename(words[0])
        if name not in TOOLS_INSIDE:
            yield line, "inside", f"the image has no {name}"
        elif name == "clinical-notes":
            yield from self.asked(line, words[1:])

    # Others.

    def curl(self, line, words):
        method, address = None, None
        at = 0
        while at < len(words):
            word = words[at]
            if word in ("-X", "--request") and at + 1 < len(words):
                method, at = words[at + 1], at + 1
            elif word in CURL_BODY:
                method, at = method or "POST", at + 1
            elif word in CURL_VALUED:
                at += 1
            elif not word.startswith("-"):
                address = word
            at += 1
        if address is None:
            return
        found = re.match(r"^(?:https?://)?([^/:\s]*)(?::([\w$]+))?(/[^?#]*)?", address)
        host, port, path = found.group(1), found.group(2) or "", found.group(3) or "/"
        if port in self.known["others"]:
            self.count("routes")
            if not any(fnmatch(path, one) for one in self.known["others"][port]):
                yield line, "route", f"{path} is not among the known routes of port {port}"
        elif host in self.known["hosts"] or "$" in host:
            yield from self.route(line, method or "GET", path)

    def route(self, line, method, path):
        path = path.split("?")[0]
        if "…" in path or path.endswith(("/*", "…")):
            return
        self.count("routes")
        matches = {one for one, pattern in self.repository.routes if pattern.match(path)}
        matches |= {"HEAD"} if "GET" in matches else set()
        if not matches:
            yield line, "route", f"{path} is no route of the service"
        elif method and method not in matches:
            yield line, "route", f"{path} does not take {method}"

    def cargo(self, line, words):
        words = words[:words.index("--")] if "--" in words else words
        packages = self.repository.packages
        named = [words[at + 1] for at, word in enumerate(words[:-1]) if word in ("-p", "--package")]
        if "--manifest-path" in words or any("/" in word for word in words[:1]):
            return
        for name in named:
            if name not in packages and not is_placeholder(name):
                yield line, "cargo", f"there is no package {name}"
        for kind in ("example", "test", "bench", "bin"):
            for name in [words[at + 1] for at, word in enumerate(words[:-1]) if word == f"--{kind}"]:
                self.count("cargo targets")
                among = [packages[one] for one in named if one in packages] or list(packages.values())
                if not any(name in one[kind] for one in among):
                    yield line, "cargo", f"there is no {kind} {name}"

    def kubectl(self, line, words):
        for word in words[:words.index("--")] if "--" in words else words:
            kind, slash, name = word.partition("/")
            if not slash or self.repository.has(word) or kind not in self.known["kinds"] or is_placeholder(name):
                continue
            self.count("objects of Kubernetes")
            if name not in self.repository.cluster.get(self.known["kinds"][kind], set()):
                yield line, "object", f"deploy/kubernetes makes no {word}"
        if "--" in words:
            yield from self.inside(line, words[words.index("--") + 1:])


def is_our_image(word):
    return re.search(r"(^|/)clinical-notes-summarizer([:@]|$)|CLINICAL_IMAGE", word) is not None
