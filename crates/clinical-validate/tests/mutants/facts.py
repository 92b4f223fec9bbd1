#!/usr/bin/env python3
"""Writes facts.txt: what the generator of mutants knows of R4.

usage: facts.py fhir_schemas_r4.json terminology_r4.json > facts.txt
The two files are the unpacked packs of helios-fhir-validator 0.2.7 (crates.io; MIT, the definitions of FHIR CC0).
The validator's own tables are made by other code, so that a fault of one is seen in the other.
"""
import json, sys

schemas = [s for s in json.load(open(sys.argv[1])) if s.get("derivation") == "specialization" and s["kind"] in ("resource", "complex-type")]
# Value sets whose codes are a closed list. The others (media types, languages, units) cannot be broken for certain.
closed = {s[0] for s in json.load(open(sys.argv[2]))} | {
    "http://hl7.org/fhir/ValueSet/units-of-time", "http://hl7.org/fhir/ValueSet/event-timing"}
closed -= {"http://hl7.org/fhir/ValueSet/languages", "http://hl7.org/fhir/ValueSet/mimetypes"}
INHERITED = {
    "R": {"resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension"},
    "r": {"resourceType", "id", "meta", "implicitRules", "language"},
    "B": {"id", "extension", "modifierExtension"},
    "E": {"id", "extension"},
}


def last(url):
    return url.split("/")[-1]


def is_closed(e):
    b = e.get("binding") or {}
    return b.get("strength") == "required" and b["valueSet"].split("|")[0] in closed


def write(path, base, elements, required):
    inherited, out, inner = INHERITED[base], [], []
    for name, e in elements.items():
        if name in inherited or e.get("choiceOf"):
            continue
        marks = ("!" if name in required else "") + ("*" if e.get("array") else "")
        variants = [elements[c] for c in e["choices"]] if "choices" in e else [e]
        if "elements" in e:
            types = [f"{path}.{name}"]
            is_backbone = "modifierExtension" in e["elements"]
            inner.append((types[0], "B" if is_backbone else "E", e["elements"], e.get("required", [])))
        elif "elementReference" in e:
            types = [".".join(s for s in e["elementReference"] if s != "elements")]
        else:
            types = [v["type"] for v in variants]
        targets = sorted({last(r) for v in variants for r in v.get("refers", []) if v["type"] == "Reference"})
        out.append(f"{name}{'[x]' if 'choices' in e else ''}{marks}:{'|'.join(types)}"
                   + (f"({','.join(targets)})" if targets else "") + ("<" if any(map(is_closed, variants)) else ""))
    print(path, base, *out)
    for i in inner:
        write(*i)


print("# Written by facts.py. One type a line: its name, what it inherits (R domain resource, r resource, B backbone")
print("# element, E element), its elements: `!` required, `*` repeats, `[x]` choice, (targets), `<` closed required codes.")
for s in sorted(schemas, key=lambda s: s["name"]):
    if s["name"] in ("Element", "DomainResource", "Resource", "MetadataResource", "BackboneElement", "ViewDefinition"):
        continue
    base = {"DomainResource": "R", "Resource": "r", "BackboneElement": "B"}.get(last(s["base"]), "E")
    write(s["name"], base, s["elements"], s.get("required", []))
