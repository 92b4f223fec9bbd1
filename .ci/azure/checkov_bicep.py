"""Runs checkov over the Bicep files and holds what it finds to the list of what is left so, with reasons.

    checkov_bicep.py CHECKOV FOLDER SKIPS
"""
import json
import os
import re
import subprocess
import sys

program, folder, list_of_skips = sys.argv[1:]
skips = {}
with open(list_of_skips, encoding="utf-8") as lines:
    for line in lines:
        if line.strip() and not line.startswith("#"):
            check, file, resource, reason = line.split(None, 3)
            skips[check, file, resource] = reason
ran = subprocess.run([program, "--framework", "bicep", "--directory", folder, "--output", "json", "--quiet", "--compact",
                      "--skip-download", "--soft-fail"], capture_output=True, text=True, check=False,
                     # In which order it puts in values of parameters would else differ from run to run, and what it finds.
                     env={**os.environ, "PYTHONHASHSEED": "0"})
if ran.returncode:
    sys.exit(ran.stderr[-2000:] or "checkov failed and says nothing")
result = json.loads(ran.stdout)
if result["summary"]["parsing_errors"]:
    sys.exit(f"FAIL: checkov cannot read {result['summary']['parsing_errors']} of the files\n{ran.stderr[-2000:]}")
found = {(f["check_id"], f["file_path"].lstrip("/"), f["resource"]) for f in result["results"]["failed_checks"]}
for check, file, resource in re.findall(r"Failed to run check (\S+) on \S*?/((?:modules/)?[\w-]+\.bicep):(\S+)", ran.stderr):
    found.add((f"{check}:error", file, resource))
for one in sorted(found - skips.keys()):
    print("FAIL: checkov:", *one)
for one in sorted(skips.keys() - found):
    print("FAIL: checkov finds nothing any more where it is told to look away:", *one)
for one in sorted(found & skips.keys()):
    print(f"left so: {one[0]} {one[1]}: {skips[one].strip()}")
print(f"checkov: {result['summary']['passed']} checks passed, {len(found & skips.keys())} left so with a reason, {len(found - skips.keys())} failed")
sys.exit(1 if found != skips.keys() else 0)
