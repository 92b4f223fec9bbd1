"""checkov on rendered manifests: nothing may fail but what accepted.yaml names.

Usage: scan.py CHECKOV OVERLAY RENDERED…; overlays and files come in pairs."""

import json
import subprocess
import sys

import yaml

from load import ROOT


def main():
    checkov, *pairs = sys.argv[1:]
    accepted = yaml.safe_load((ROOT / ".ci/manifests/accepted.yaml").read_text())
    failed = False
    for overlay, rendered in zip(pairs[::2], pairs[1::2], strict=True):
        # Without --skip-download it asks its maker's server for descriptions.
        done = subprocess.run(
            [
                checkov,
                "--file",
                rendered,
                "--framework",
                "kubernetes",
                "--skip-download",
                "--compact",
                "--output",
                "json",
            ],
            capture_output=True,
            text=True,
        )
        results = json.loads(done.stdout)["results"]
        allowed = {one["check"] for one in accepted if overlay in one["overlays"]}
        found = {(one["check_id"], one["resource"], one["check_name"]) for one in results["failed_checks"]}
        wrong = [
            f"{overlay}: {check} {resource}: {what}" for check, resource, what in sorted(found) if check not in allowed
        ]
        wrong += [
            f"{overlay}: accepted.yaml has {check}, which is not found any more"
            for check in sorted(allowed - {one[0] for one in found})
        ]
        wrong += [f"{overlay}: checkov could not read {file}" for file in results["parsing_errors"]]
        passed = len(results["passed_checks"])
        if passed < 50:
            wrong.append(f"{overlay}: checkov looked at next to nothing ({passed} passed)")
        failed |= bool(wrong)
        for text in wrong:
            print(f"FAIL: checkov: {text}")
        if not wrong:
            print(f"ok: checkov: {overlay}: {passed} passed, 0 failed, {len(found)} accepted with a reason")
    sys.exit(failed)


main()
