"""Words of medicine that are not ordinary English words, and medical eponyms."""
import bz2
import io
import pickle
import re
import tomllib
import xml.etree.ElementTree as xml

from folding import hand, word
from words import scowl

# Forms that only medicine uses; they take the rare words of SCOWL's last list that speak of the body.
MEDICAL_END = re.compile(
    r"(itis|itides|ectomy|ectomies|otomy|otomies|ostomy|ostomies|oscopy|oscopies|oscopic|aemia|emia|emic|osis|oses"
    r"|pathy|pathies|pathic|plasty|plasties|algia|algic|uria|uric|rrhea|rrhoea|rrhage|rrhagic|rrhaphy|oma|omas|omata"
    r"|megaly|penia|penic|plegia|plegic|paresis|paretic|ptysis|rhexis|sclerosis|stenosis|graphy|graphic|gram|grams"
    r"|trophy|trophic|plasia|plastic|lysis|lytic|genesis|globin|ase|cyte|cytes|cytic|cytosis|coccus|cocci|bacter"
    r"|mycosis|ectasis|ectasia|desis|dynia|phagia|phasia|phonia|pnea|pnoea|opia|opsia|aesthesia|esthesia|tripsy)$"
)
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class NamesOnly(pickle.Unpickler):
    """The table of medicine names is plain dictionaries and strings; anything else in it is refused."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a table of names")


def tokens(text):
    for token in TOKEN.findall(text):
        folded = word(token)
        if folded and len(folded) >= 3:
            yield folded


def icd10(downloads):
    path = next((downloads / "simple_icd_10_cm/simple_icd_10_cm/data").glob("icd10c-tabular-*.xml"))
    for element in xml.parse(path).getroot().iter():
        if element.tag in {"desc", "note"} and element.text:
            yield element.text


def medicine_names(downloads):
    """Names with a DrugBank, MeSH or MedlinePlus number; synonyms only where no text of Wikipedia was merged in."""
    folder = downloads / "drug_named_entity_recognition/drug_named_entity_recognition"
    table = NamesOnly(io.BytesIO(bz2.decompress((folder / "drug_ner_dictionary.pkl.bz2").read_bytes()))).load()
    free = {}
    for canonical, data in table["drug_canonical_to_data"].items():
        if data.keys() & {"drugbank_id", "mesh_id", "medline_plus_id"}:
            yield data.get("name", canonical)
            free[canonical] = "wikipedia_url" not in data
    for variant, canonicals in table["drug_variant_to_canonical"].items():
        if any(free.get(canonical) for canonical in canonicals):
            yield variant


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in {"rxnorm", "snomed", "icd10", "loinc", "kind"}:
                yield from strings(part)


def lexicon(folder):
    for path in sorted(folder.glob("*/*.toml")) + sorted(folder.glob("*.toml")):
        yield from strings(tomllib.loads(path.read_text(encoding="utf-8")))


def medical(downloads, own, lexicon_folder, words, given, surnames, elsewhere):
    # What a person wrote stays, whatever else it may mean.
    kept = {token for text in hand(own, "medical.txt") for token in text.split()}
    kept = {folded for folded in map(word, kept) if folded}
    drawn = set()
    for text in lexicon(lexicon_folder):
        drawn.update(token for token in tokens(text) if max(given.get(token, 0), surnames.get(token, 0)) < 2)
    # The big tables are drawn from without a reader, so a spelling that is any name is left out, and so are the
    # pieces of chemical names, which no note holds.
    for text in [*icd10(downloads), *medicine_names(downloads)]:
        for token in tokens(text):
            if len(token) > 3 and token not in given and token not in surnames:
                drawn.add(token)
    for entry, _ in scowl({95}):
        if entry.isalpha() and entry == entry.lower() and MEDICAL_END.search(entry):
            folded = word(entry)
            if folded and folded not in given and folded not in surnames:
                drawn.add(folded)
    refused = set(hand(own, "not-medical.txt"))
    return {token for token in kept | (drawn - elsewhere) if token not in words and token not in refused}
