#!/usr/bin/env python3
"""Rules of this project for GitHub workflows, beside what zizmor and actionlint know: every action is pinned by its full
commit with the version as a comment, permissions are given job by job, every job has an end, runs do not overlap, no
step keeps credentials or has input of others in its script.
Usage: workflows.py FILE…; exit 1 if there is a finding. Needs PyYAML, which comes with yamllint."""
import re
import sys
from pathlib import Path

import yaml

PINNED = re.compile(r"^\s*(?:- )?uses:\s*[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*\s*$")
LOCAL = re.compile(r"^\s*(?:- )?uses:\s*\./")


def findings(text):
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"^\s*(?:- )?uses:", line) and not PINNED.match(line) and not LOCAL.match(line):
            yield f"line {number}: not pinned as OWNER/NAME@40-hexadecimal-digits # vVERSION"
    workflow = yaml.safe_load(text)
    if workflow.get("permissions") != {}:
        yield "permissions of the workflow must be {}: each job says what it needs"
    if not workflow.get("concurrency"):
        yield "no concurrency"
    # YAML reads the key `on` as a truth value.
    if "pull_request_target" in (workflow.get("on") or workflow.get(True) or {}):
        yield "pull_request_target runs changes of strangers with our rights"
    for name, job in workflow["jobs"].items():
        permissions = job.get("permissions")
        if not isinstance(permissions, dict):
            yield f"job {name}: permissions must be listed one by one"
        elif permissions.get("contents") == "write":
            yield f"job {name}: nothing here has to change the repository"
        if "uses" not in job and "timeout-minutes" not in job:
            yield f"job {name}: no timeout-minutes"
        for step in job.get("steps", []):
            if "${{" in step.get("run", ""):
                yield f"job {name}: an expression in a script; give it by env"
            if step.get("uses", "").startswith("actions/checkout@") and step.get("with", {}).get("persist-credentials") is not False:
                yield f"job {name}: checkout keeps its credentials"


def main():
    found = [f"{file}: {finding}" for file in sys.argv[1:] for finding in findings(Path(file).read_text())]
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
