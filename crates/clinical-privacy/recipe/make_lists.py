"""Makes data/lists from the packages named in README.md: `python make_lists.py FOLDER`."""
import sys
from pathlib import Path

import medicine
import names
import places
import words
from folding import hand, phrase, word, write

RECIPE = Path(__file__).resolve().parent
HAND = RECIPE / "hand"
LISTS = RECIPE.parent / "data" / "lists"
LEXICON = RECIPE.parents[1] / "clinical-lexicon" / "data" / "en"


def single(name):
    """A list kept by hand whose entries are single words; a longer entry counts by its words."""
    parts = (part for entry in hand(HAND, name) for part in entry.split())
    return {folded for folded in map(word, parts) if folded}


def phrases(name):
    return {folded for folded in map(phrase, hand(HAND, name)) if folded}


def facilities():
    """Sections of the file name the kind: `[hospital]`, then entries."""
    kind, table = None, {}
    for entry in hand(HAND, "facilities.txt"):
        if entry.startswith("["):
            kind = entry.strip("[]")
        else:
            table[phrase(entry)] = kind
    return table


def main():
    downloads = Path(sys.argv[1])
    states, countries = phrases("states.txt"), phrases("countries.txt")
    english = words.words(HAND)
    given, surnames = names.given(downloads, HAND, english), names.surnames(downloads, HAND, english)
    eponyms = single("eponyms.txt") - single("not-eponyms.txt")
    cities = places.cities(downloads, HAND, states | countries | phrases("not-cities.txt"), english)
    elsewhere = eponyms | states | countries | single("languages_religions.txt")
    medical = medicine.medical(downloads, HAND, LEXICON, english, given, surnames, elsewhere)
    tables = {
        "words": english,
        "medical": medical,
        "eponyms": eponyms,
        "eponym_heads": single("eponym_heads.txt"),
        "given": given,
        "surnames": surnames,
        "cities": cities,
        "counties": places.counties(downloads),
        "regions": phrases("regions.txt"),
        "states": states,
        "countries": countries,
        "facilities": facilities(),
        "languages_religions": single("languages_religions.txt"),
    }
    for name, entries in tables.items():
        write(LISTS / f"{name}.txt", entries)


main()
