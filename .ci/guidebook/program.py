"""What the program knows of its own command line: asked from the binary, `clinical-notes COMMAND --help`."""

import re
import subprocess
from functools import cache


class Program:
    def __init__(self, path):
        self.path = path

    @cache
    def help(self, *names):
        """Commands and options below these names: ({command}, {option: (takes a value, {values})})."""
        told = subprocess.run([self.path, *names, "--help"], capture_output=True, text=True, timeout=30, check=True).stdout
        below, options, option, part = set(), {}, None, ""
        for line in told.split("\n"):
            if re.match(r"^\S.*:$", line):
                part = line
            command = re.match(r"^  ([a-z][a-z-]*)  ", line)
            if part == "Commands:" and command:
                below.add(command.group(1))
            found = re.match(r"^\s+(?:-(\w), )?--([a-z-]+)( <[^>]+>)?", line)
            if found:
                option = "--" + found.group(2)
                options[option] = (bool(found.group(3)), set())
                if found.group(1):
                    options["-" + found.group(1)] = options[option]
            if option:
                several = re.search(r"\[possible values: ([^\]]+)\]", line)
                if several:
                    options[option][1].update(several.group(1).split(", "))
                one = re.match(r"^\s+- ([a-z][a-z0-9-]*):", line)
                if one:
                    options[option][1].add(one.group(1))
        return below, options

    def faults(self, words):
        """What this program would not understand of the words behind its name."""
        names, (below, options), at = (), self.help(), 0
        while at < len(words):
            word = words[at]
            at += 1
            if word == "--":
                return
            if word.startswith("-") and len(word) > 1:
                name, has_value, value = word.partition("=")
                if name not in options:
                    yield "option", f"clinical-notes {' '.join(names)} has no option {name}"
                    continue
                takes, values = options[name]
                if takes and not has_value and at < len(words):
                    value, at = words[at], at + 1
                if values and takes:
                    for one in value.split(","):
                        if one not in values and not is_placeholder(one):
                            yield "value", f"clinical-notes {' '.join(names)} {name} does not take {one}"
            elif below and not is_placeholder(word):
                if word not in below:
                    yield "subcommand", f"clinical-notes has no command {' '.join((*names, word))}"
                    return
                names = (*names, word)
                below, options = self.help(*names)


def is_placeholder(word):
    """A word that stands for others: $NAME, NAME, …"""
    return "$" in word or "…" in word or "<" in word or word in ("", "[COMMAND]") or re.fullmatch(r"[A-Z][A-Z_]*", word) is not None
