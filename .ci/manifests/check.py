"""Every check of rendered manifests. Usage: check.py OVERLAY RENDERED PROGRAM; ends with 1 where one does not hold."""

import sys

import names
import network
import pods
import routes
import schema
import settings
from load import documents


def main():
    overlay, rendered, program = sys.argv[1:]
    docs = documents(rendered)
    checks = {
        "schema": (schema, lambda: schema.faults(docs)),
        "pods": (pods, lambda: pods.faults(docs, overlay)),
        "names": (names, lambda: names.faults(docs)),
        "network": (network, lambda: network.faults(docs)),
        "routes": (routes, lambda: routes.faults(docs)),
        "settings": (settings, lambda: settings.faults(docs, program)),
    }
    failed = False
    for title, (module, faults) in checks.items():
        found = list(faults())
        failed |= bool(found)
        print(*(f"FAIL: {overlay}: {title}: {text}" for text in found), sep="\n", end="\n" if found else "")
        if not found:
            print(f"ok: {overlay}: {title}: {module.figure(docs)}")
    sys.exit(failed)


main()
