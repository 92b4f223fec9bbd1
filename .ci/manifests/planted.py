"""Plants each fault of planted.yaml in a copy of the manifests and expects the checks to say so.

Usage: planted.py KUBECTL PROGRAM FOLDER; FOLDER is an empty one to work in."""

import pathlib
import shutil
import subprocess
import sys

import yaml

from load import ROOT


def missed(case, kubectl, program, work):
    """Why this fault was not found as it has to be, or nothing."""
    copy = work / "kubernetes"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ROOT / "deploy/kubernetes", copy)
    file = copy / case["file"]
    text = file.read_text()
    if case["old"] not in text:
        return f"{case['file']} does not hold what was to be replaced"
    file.write_text(text.replace(case["old"], case["new"], 1))
    rendered = work / "rendered.yaml"
    done = subprocess.run([kubectl, "kustomize", copy / "overlays" / case["overlay"]], capture_output=True, text=True)
    if done.returncode != 0:
        return f"kustomize does not render it: {done.stderr.strip()}"
    rendered.write_text(done.stdout)
    done = subprocess.run(
        [sys.executable, pathlib.Path(__file__).with_name("check.py"), case["overlay"], rendered, program],
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stdout.splitlines() if line.startswith("FAIL:")]
    if done.returncode != 1 or not any(case["says"] in line for line in said):
        return f"ended with {done.returncode} and said: {said or done.stderr.strip() or 'nothing'}"
    return None


def main():
    kubectl, program, work = sys.argv[1:]
    cases = yaml.safe_load((ROOT / ".ci/manifests/planted.yaml").read_text())
    failed = 0
    for case in cases:
        why = missed(case, kubectl, program, pathlib.Path(work))
        if why:
            failed += 1
            print(f"FAIL: planted: {case['fault']}: {why}")
    print(f"{'FAIL' if failed else 'ok'}: planted: {len(cases) - failed} of {len(cases)} faults are found")
    sys.exit(failed > 0)


main()
