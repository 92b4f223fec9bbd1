"""What stands in a Markdown guide: headings, links, code in the line, fences, marks."""

import re
from dataclasses import dataclass, field

FENCE = re.compile(r"^(\s*)(```+|~~~+)\s*([\w+-]*)")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
MARK = re.compile(r"^\s*<!--\s*([a-z-]+)(?::\s*(.*?))?\s*-->\s*$")


@dataclass
class Fence:
    line: int
    language: str
    text: str
    marks: list = field(default_factory=list)


@dataclass
class Guide:
    path: str
    text: str
    headings: list = field(default_factory=list)
    links: list = field(default_factory=list)
    codes: list = field(default_factory=list)
    fences: list = field(default_factory=list)
    marks: list = field(default_factory=list)


def slug(heading, seen):
    """The anchor that GitHub makes of a heading."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "").lower()
    words = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
    number = seen.get(words, 0)
    seen[words] = number + 1
    return f"{words}-{number}" if number else words


def read(path, text):
    guide, seen = Guide(path, text), {}
    lines, at = text.split("\n"), 0
    paragraph, waiting = [], []

    def end_of_paragraph():
        # Code and links can go over the end of a line.
        joined = "\n".join(words for _, words in paragraph)
        first = paragraph[0][0] if paragraph else 0
        for found in CODE.finditer(joined):
            number = first + joined.count("\n", 0, found.start())
            guide.codes.append((number, found.group(2).replace("\n", " ").strip()))
        bare = CODE.sub(lambda m: re.sub(r"[^\n]", "x", m.group(0)), joined)
        for found in LINK.finditer(bare):
            number = first + joined.count("\n", 0, found.start())
            guide.links.append((number, joined[found.start(1):found.end(1)]))
        paragraph.clear()

    while at < len(lines):
        line = lines[at]
        opened = FENCE.match(line)
        if opened:
            end_of_paragraph()
            indent, mark, language = len(opened.group(1)), opened.group(2), opened.group(3).lower()
            body, first = [], at + 2
            at += 1
            while at < len(lines) and not re.match(rf"^\s*{re.escape(mark)}\s*$", lines[at]):
                body.append(lines[at][indent:] if lines[at][:indent].strip() == "" else lines[at])
                at += 1
            guide.fences.append(Fence(first, language, "\n".join(body), waiting))
            waiting = []
            at += 1
            continue
        marked = MARK.match(line)
        if marked:
            end_of_paragraph()
            guide.marks.append((at + 1, marked.group(1), marked.group(2) or ""))
            waiting.append((marked.group(1), marked.group(2) or ""))
        elif not line.strip():
            end_of_paragraph()
        else:
            waiting = []
            heading = HEADING.match(line)
            if heading:
                end_of_paragraph()
                guide.headings.append((at + 1, slug(heading.group(2), seen)))
            paragraph.append((at + 1, line))
        at += 1
    end_of_paragraph()
    return guide
