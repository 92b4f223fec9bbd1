"""The simple commands of a shell text: what a reader of a guide would type, with the quotes taken away.

It knows as much of the shell as guides use. What it cannot read is left to `bash -n`, which looks at every fence.
"""

import re
from dataclasses import dataclass

OPENERS = {"if", "then", "else", "elif", "while", "until", "do", "!", "time", "{"}
CLOSERS = {"fi", "done", "}", "esac"}
ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*\+?=")


@dataclass
class Command:
    line: int
    words: list


class Reader:
    def __init__(self, text, line):
        self.text, self.at, self.line = text, 0, line
        self.commands, self.functions = [], set()
        self.words, self.word, self.word_line = [], None, line
        self.drop_next, self.heredocs, self.in_case = False, [], False

    def inner(self, text):
        reader = Reader(text, self.line).read()
        self.commands += reader.commands

    def add(self, letters):
        if self.word is None:
            self.word = ""
            if not self.words:
                self.word_line = self.line
        self.word += letters

    def end_word(self):
        if self.word is None:
            return
        if self.drop_next == "heredoc":
            self.heredocs.append(self.word)
        elif not self.drop_next:
            self.words.append(self.word)
        self.drop_next, self.word = False, None

    def end_command(self):
        self.end_word()
        words, self.words = self.words, []
        if self.in_case:
            self.in_case = "esac" not in words
            return
        while words and (words[0] in OPENERS or words[0] in CLOSERS):
            words = words[1:]
        if words and words[0] == "case":
            self.in_case = "esac" not in words
            return
        if not words or words[0] == "for" or words[0] == "function":
            return
        while words and ASSIGNMENT.match(words[0]):
            words = words[1:]
        if words:
            self.commands.append(Command(self.word_line, words))

    def balanced(self, opening, closing):
        """The text up to the sign that closes, which is passed over; quotes hide signs."""
        depth, start = 1, self.at
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\\":
                self.at += 1
            elif sign == "'" and opening == "(":
                self.at = self.text.find("'", self.at + 1)
                if self.at < 0:
                    self.at = len(self.text)
            elif sign == opening:
                depth += 1
            elif sign == closing:
                depth -= 1
                if depth == 0:
                    break
            self.at += 1
        found = self.text[start:self.at]
        self.at += 1
        return found

    def dollar(self):
        """What begins with a dollar sign at this place."""
        rest = self.text[self.at:]
        if rest.startswith("$(("):
            self.at += 3
            self.add("$((" + self.balanced("(", ")") + "))")
            self.at += 1
        elif rest.startswith("$("):
            self.at += 2
            inside = self.balanced("(", ")")
            self.inner(inside)
            self.add("$()")
            self.line += inside.count("\n")
        elif rest.startswith("${"):
            self.at += 2
            self.add("${" + self.balanced("{", "}") + "}")
        else:
            self.add("$")
            self.at += 1

    def quoted(self):
        self.add("")
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != '"':
            sign = self.text[self.at]
            if sign == "\\":
                if self.text[self.at + 1:self.at + 2] != "\n":
                    self.add(self.text[self.at + 1:self.at + 2])
                self.at += 2
            elif sign == "$":
                self.dollar()
            else:
                self.line += sign == "\n"
                self.add(sign)
                self.at += 1
        self.at += 1

    def end_line(self):
        self.end_command()
        self.line += 1
        self.at += 1
        for word in self.heredocs:
            while self.at < len(self.text):
                stop = self.text.find("\n", self.at)
                stop = len(self.text) if stop < 0 else stop
                body = self.text[self.at:stop]
                self.at, self.line = stop + 1, self.line + 1
                if body.strip() == word:
                    break
        self.heredocs = []

    def read(self):
        text = self.text
        while self.at < len(text):
            sign, two = text[self.at], text[self.at:self.at + 2]
            if sign == "\\":
                if two != "\\\n":
                    self.add(two[1:])
                else:
                    self.line += 1
                self.at += 2
            elif sign == "\n":
                self.end_line()
            elif sign in " \t":
                self.end_word()
                self.at += 1
            elif sign == "#" and self.word is None:
                stop = text.find("\n", self.at)
                self.at = len(text) if stop < 0 else stop
            elif sign == "'":
                stop = text.find("'", self.at + 1)
                stop = len(text) if stop < 0 else stop
                inside = text[self.at + 1:stop]
                self.add(inside)
                self.line += inside.count("\n")
                self.at = stop + 1
            elif sign == '"':
                self.quoted()
            elif sign == "$":
                self.dollar()
            elif sign == "`":
                stop = text.find("`", self.at + 1)
                stop = len(text) if stop < 0 else stop
                self.inner(text[self.at + 1:stop])
                self.add("$()")
                self.at = stop + 1
            elif two in ("<(", ">("):
                self.at += 2
                self.inner(self.balanced("(", ")"))
                self.add("/dev/fd/63")
            elif sign in "<>":
                if self.word is not None and self.word.isdigit():
                    self.word = None
                self.end_word()
                operator = re.match(r"<<<|<<-?|<>|[<>]&|>>|>\||[<>]", text[self.at:]).group(0)
                self.at += len(operator)
                self.drop_next = "heredoc" if operator in ("<<", "<<-") else True
            elif two == "&>":
                self.end_word()
                self.at += 2
                self.drop_next = True
            elif sign == "(":
                self.at += 1
                if self.word is not None and self.word.endswith("="):
                    self.add(self.balanced("(", ")"))
                elif self.word is not None and text[self.at:self.at + 1] == ")":
                    self.functions.add(self.word)
                    self.word, self.words = None, []
                    self.at += 1
                else:
                    self.end_command()
            elif sign in ";&|)":
                self.end_command()
                self.at += 1
            else:
                self.add(sign)
                self.at += 1
        self.end_command()
        return self


def commands(text, line=1):
    """The commands of a text, and the functions that it defines itself."""
    reader = Reader(text, line).read()
    return sorted(reader.commands, key=lambda command: command.line), reader.functions
