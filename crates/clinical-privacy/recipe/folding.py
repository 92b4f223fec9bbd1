"""One spelling for every entry: lower case, no diacritics, letters and single spaces only."""
import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and a mark.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ŋ": "n", "ə": "a", "ɗ": "d", "ɓ": "b", "ƙ": "k", "ʻ": "", "ʼ": "",
}


def plain(text):
    """Lower case with the diacritics taken off; other signs are left as they are."""
    text = "".join(LETTERS.get(letter, letter) for letter in text.lower())
    parts = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def word(text):
    """A single word ("O'Brien" -> "obrien"), or None where the text holds a letter that has no Latin form."""
    letters = plain(text)
    if any(sign.isalpha() and not sign.isascii() for sign in letters):
        return None
    letters = re.sub(r"[^a-z]", "", letters)
    return letters if len(letters) >= 2 else None


def phrase(text):
    """Words with one space between them ("St. Mary's" -> "st marys"), or None as above."""
    letters = plain(text)
    if any(sign.isalpha() and not sign.isascii() for sign in letters):
        return None
    letters = re.sub(r"['’‘`.]", "", letters)
    letters = re.sub(r"[^a-z]+", " ", letters).strip()
    return letters if len(letters) >= 2 else None


def hand(folder, name):
    """The lines of a file kept by hand: `#` starts a comment, commas and line ends part the entries."""
    path = folder / name
    if not path.exists():
        return []
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entries.extend(part.strip() for part in line.split("#")[0].split(","))
    return [entry for entry in entries if entry]


def write(path, entries):
    """Writes the entries sorted bytewise; a mapping is written as `entry<TAB>value`."""
    if isinstance(entries, dict):
        lines = [f"{entry}\t{value}" for entry, value in entries.items()]
    else:
        lines = list(entries)
    # By the entry alone, so that a reader may search without cutting the value off first.
    lines.sort(key=lambda line: line.split("\t")[0].encode())
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    print(f"{path.name}: {len(lines)}")
