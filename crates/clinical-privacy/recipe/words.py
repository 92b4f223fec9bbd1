"""English words with a tier by how common they are, from SCOWL."""
import re
from pathlib import Path

from folding import hand, word

SCOWL = Path("/usr/share/dict/scowl")
DIALECTS = ["english", "american", "british", "canadian"]


def tier(size):
    """SCOWL's size is the share of the language that a speller would need; 95 holds words nobody writes."""
    return 3 if size <= 35 else 2 if size <= 55 else 1 if size <= 80 else 0


def scowl(sizes):
    for path in sorted(SCOWL.iterdir()):
        found = re.fullmatch(r"([a-z]+)-words\.(\d+)", path.name)
        if found and found[1] in DIALECTS and int(found[2]) in sizes:
            for line in path.read_text(encoding="latin-1").splitlines():
                yield line.strip(), int(found[2])


def words(own):
    table = {}
    for entry, size in scowl({10, 20, 35, 40, 50, 55, 60, 70, 80}):
        # A possessive says nothing that its noun does not; a capital marks a proper name.
        if entry != entry.lower() or "'" in entry or "-" in entry:
            continue
        folded = word(entry)
        if folded:
            table[folded] = max(tier(size), table.get(folded, 0))
    for entry in hand(own, "words.txt"):
        folded = word(entry)
        if folded:
            table[folded] = 3
    return table
