"""Makes components/monitoring/prometheusrule.yaml of docker/monitoring/rules.yml and alerts.yml.

Kustomize reads no file outside of its folder, so the rules stand twice; this makes the second copy and says whether it
is still the first one. Usage: prometheus_rule.py [--write]
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ["docker/monitoring/rules.yml", "docker/monitoring/alerts.yml"]
COPY = ROOT / "deploy/kubernetes/components/monitoring/prometheusrule.yaml"
HEAD = """\
# Made of docker/monitoring/rules.yml and alerts.yml: change those, then
# python3 .ci/manifests/prometheus_rule.py --write
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: clinical-api
  namespace: clinical-notes
  labels:
    app.kubernetes.io/name: clinical-api
spec:
  groups:
"""


def groups(path):
    """The lines under `groups:`, two columns to the right."""
    _, found, below = (ROOT / path).read_text().partition("\ngroups:\n")
    if not found:
        sys.exit(f"FAIL: {path} has no groups")
    return "".join(f"  {line}\n" if line else "\n" for line in below.splitlines())


def main():
    made = HEAD + "\n".join(groups(path) for path in SOURCES)
    if "--write" in sys.argv[1:]:
        COPY.write_text(made)
    elif COPY.read_text() != made:
        sys.exit(f"FAIL: {COPY.name} is not what {' and '.join(SOURCES)} give; run {sys.argv[0]} --write")
    print(f"ok: {COPY.name} has the rules of {' and '.join(SOURCES)}")


main()
