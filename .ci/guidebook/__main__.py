"""Looks whether what the guides name is there. See .ci/guides."""

import argparse
import re
import sys
from pathlib import Path

import yaml

import markdown
from checks import Checks
from program import Program
from repository import Repository

HERE = Path(__file__).parent


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--root", default=".")
    asked.add_argument("--program", required=True)
    asked.add_argument("--shellcheck", required=True)
    asked.add_argument("--self-test", action="store_true")
    asked.add_argument("guides", nargs="*")
    asked = asked.parse_args()
    repository = Repository(asked.root)
    known = yaml.safe_load((HERE / "known.yml").read_text())
    checks = Checks(repository, Program(asked.program), known, asked.shellcheck)
    read = {}

    def guides(name):
        if name not in read and (repository.root / name).is_file():
            read[name] = markdown.read(name, repository.text(name))
        return read.get(name)

    if asked.self_test:
        return self_test(checks, guides)
    names = asked.guides or sorted(name for name in repository.files if is_guide(name, known))
    failed = 0
    for name in names:
        for line, kind, what in checks.guide(guides(name), guides):
            print(f"FAIL: {name}:{line}: {kind}: {what}")
            failed += 1
    unused = [one["path"] for one in known["made"] if not any(one["path"].rstrip("/") in guides(name).text for name in names)]
    if not asked.guides:
        for path in unused:
            print(f"FAIL: .ci/guidebook/known.yml: {path} is excused and no guide names it")
            failed += 1
    counts = ", ".join(f"{number} {what}" for what, number in sorted(checks.counts.items()))
    print(f"{'FAIL' if failed else 'ok'}: {len(names)} guides, {failed} faults; looked at {counts}")
    return 1 if failed else 0


def is_guide(name, known):
    return name.endswith(".md") and any(re.match(pattern, name) for pattern in known["guides"])


def self_test(checks, guides):
    """Every planted fault is reported, as the kind it is, and what is sound is not."""
    path = "faults.md"
    guide = markdown.read(path, (HERE / path).read_text())
    found = checks.guide(guide, lambda name: guide if name == path else guides(name))
    regions = [(line, kind, what) for line, kind, what in guide.marks if kind in ("fault", "sound")]
    failed, planted, kinds = 0, 0, set()
    for at, (start, mark, wanted) in enumerate(regions):
        end = regions[at + 1][0] if at + 1 < len(regions) else sys.maxsize
        here = [(line, kind, what) for line, kind, what in found if start < line < end]
        if mark == "sound":
            for line, kind, what in here:
                print(f"FAIL: self-test: faults.md:{line} is sound and was reported: {kind}: {what}")
                failed += 1
            continue
        planted += 1
        kinds.add(wanted)
        if [kind for _, kind, _ in here] != [wanted]:
            print(f"FAIL: self-test: faults.md:{start}: wanted one {wanted}, found {here}")
            failed += 1
    if any(line <= regions[0][0] for line, _, _ in found):
        print("FAIL: self-test: a fault before the first mark")
        failed += 1
    print(f"{'FAIL' if failed else 'ok'}: self-test: {planted} planted faults of {len(kinds)} kinds, {planted - failed} reported as they should")
    return 1 if failed else 0


sys.exit(main())
