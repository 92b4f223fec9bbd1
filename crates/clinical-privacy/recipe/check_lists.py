"""Checks the form of every list and prints what a reader of the lists should know about them."""
import re
import sys
from pathlib import Path

LISTS = Path(__file__).resolve().parent.parent / "data" / "lists"
VALUES = {
    "words": "[123]", "given": "[123]", "surnames": "[123]", "cities": "[123]",
    "facilities": "hospital|insurer|employer|pharmacy|lab|school",
}
WORDS = {"words", "medical", "eponyms", "eponym_heads", "given", "surnames", "languages_religions"}
PHRASES = {"cities", "counties", "regions", "states", "countries", "facilities"}


def read(name):
    """The entries of a list with their values, and what is wrong with its form."""
    shape = r"[a-z]+(?: [a-z]+)*" if name in PHRASES else r"[a-z]{2,}"
    line_form = re.compile(f"({shape})" + (rf"\t({VALUES[name]})" if name in VALUES else "()"))
    table, wrong, last = {}, [], b""
    for number, line in enumerate((LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
        found = line_form.fullmatch(line)
        if not found:
            wrong.append(f"{name}:{number}: form")
            continue
        entry = found[1].encode()
        if entry <= last:
            wrong.append(f"{name}:{number}: order")
        table[found[1]], last = found[2], entry
    return table, wrong


def main():
    tables, wrong = {}, []
    for name in sorted(WORDS | PHRASES):
        tables[name], found = read(name)
        wrong += found
        values = sorted(tables[name].values())
        counts = ", ".join(f"{value}: {values.count(value)}" for value in dict.fromkeys(values) if value)
        print(f"{name}: {len(tables[name])} {counts}".rstrip())
    very_common = {entry for entry, tier in tables["words"].items() if tier == "3"}
    for name in ["surnames", "given"]:
        common = {entry for entry, tier in tables[name].items() if tier >= "2"}
        print(f"{name} of tier 2 and 3 that are also words of tier 3: {len(common & very_common)} of {len(common)}")
        print(f"{name} of tier 2 and 3 that are also words of medicine: {len(common & tables['medical'].keys())}")
    for word in ["hand", "long", "grace", "rose", "will", "may", "young", "brown"]:
        if word not in very_common:
            wrong.append(f"words: {word} is missing")
    print("\n".join(wrong[:50]) or "every list is sorted, unique and folded")
    sys.exit(bool(wrong))


main()
