"""The pod of each overlay as far as Docker can hold it: the container with the user, limits, mounts, variables and
probes of its manifest, in a network that leads nowhere. Usage: container.py IMAGE PROGRAM OVERLAY RENDERED…

Overlays and files come in pairs. PROGRAM checks the audit log that came out. Nothing is left behind."""

import http.client
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import time

import crowd
from load import ROOT, documents, of_kind, pods
from settings import environment, invent, volume_files

UNITS = {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30}


def docker(*words, check=True):
    done = subprocess.run(["docker", *map(str, words)], capture_output=True, text=True)
    if check and done.returncode != 0:
        raise RuntimeError(f"docker {words[0]}: {done.stderr.strip()}")
    return done


def amount(text):
    number, unit = re.fullmatch(r"([0-9.]+)(Ki|Mi|Gi|m)?", str(text)).groups()
    return float(number) / 1000 if unit == "m" else float(number) * UNITS.get(unit, 1)


def network(name):
    """A network of our own, with a range that nobody has yet, and the address of the pod in it."""
    for third in range(200, 250):
        done = docker("network", "create", "--internal", "--subnet", f"10.213.{third}.0/24", name, check=False)
        if done.returncode == 0:
            return f"10.213.{third}.7"
    raise RuntimeError(f"no network: {done.stderr.strip()}")


def ask(address, get, method="GET", body=None, timeout=5, **headers):
    """The status of one request, as a probe, a scrape or a client would send it."""
    headers |= {one["name"]: one["value"] for one in get.get("httpHeaders", [])}
    if get.get("scheme", "http").lower() == "https":
        # As the kubelet does: the certificate is not looked at.
        door = http.client.HTTPSConnection(address, 8000, timeout=timeout, context=ssl._create_unverified_context())
    else:
        door = http.client.HTTPConnection(address, 8000, timeout=timeout)
    try:
        door.request(method, get["path"], body=body, headers=headers)
        reply = door.getresponse()
        reply.read()
        return reply.status
    except OSError:
        return 0
    finally:
        door.close()


def arguments(docs, template, one, work, address):
    """The words for `docker run`."""
    security, limits = one["securityContext"], one["resources"]["limits"]
    yield from ("--user", f"{security['runAsUser']}:{security['runAsGroup']}")
    yield from (
        "--memory",
        int(amount(limits["memory"])),
        "--memory-swap",
        int(amount(limits["memory"])),
        "--cpus",
        amount(limits["cpu"]),
    )
    for capability in security["capabilities"]["drop"]:
        yield from ("--cap-drop", capability)
    if security["readOnlyRootFilesystem"]:
        yield "--read-only"
    if not security["allowPrivilegeEscalation"]:
        yield from ("--security-opt", "no-new-privileges")
    volumes = {volume["name"]: volume for volume in template["spec"]["volumes"]}
    for mount in one["volumeMounts"]:
        volume = volumes[mount["name"]]
        if "emptyDir" in volume:
            yield from (
                "--tmpfs",
                f"{mount['mountPath']}:uid=1001,gid=1001,mode=0770,size={int(amount(volume['emptyDir']['sizeLimit']))}",
            )
        else:
            invent(work / volume["name"], list(volume_files(docs, volume)))
            yield from ("--volume", f"{work / volume['name']}:{mount['mountPath']}:ro")
    for key, value in environment(docs, one, address).items():
        yield from ("--env", f"{key}={value}")


def faults(image, program, overlay, docs, work):
    ((_, template),) = pods(docs)
    (one,) = template["spec"]["containers"]
    name = f"clinical-pod-{overlay}-{os.getpid()}"
    address = network(name)
    try:
        began = time.monotonic()
        docker(
            "run",
            "--detach",
            "--name",
            name,
            "--network",
            name,
            "--ip",
            address,
            *arguments(docs, template, one, work, address),
            image,
        )
        yield from while_it_runs(overlay, docs, one, name, address, began)
        if overlay == "dev":
            # Where nobody asks for a token. The limit and the program are the same in all overlays.
            yield from in_a_crowd(docs, one, name, address)
        yield from at_its_end(template, one, name, program, overlay, work)
    finally:
        docker("rm", "--force", name, check=False)
        docker("network", "rm", name, check=False)


def while_it_runs(overlay, docs, one, name, address, began):
    startup = one["startupProbe"]
    longest = startup["periodSeconds"] * startup["failureThreshold"]
    while ask(address, startup["httpGet"], timeout=startup["timeoutSeconds"]) != 200:
        if time.monotonic() - began > longest:
            yield f"did not start within {longest} s: {docker('logs', '--tail', 5, name, check=False).stderr.strip()}"
            return
        time.sleep(0.02)
    ready = time.monotonic() - began
    for kind in ("readinessProbe", "livenessProbe"):
        status = ask(address, one[kind]["httpGet"], timeout=one[kind]["timeoutSeconds"])
        if status != 200:
            yield f"{kind} is answered with {status}"
    scheme = startup["httpGet"].get("scheme", "http").lower()
    wanted = {
        "a scrape by the pod's address": (
            ask(address, {"scheme": scheme, "path": "/metrics"}, Host=f"{address}:8000"),
            200,
        ),
        "another host": (ask(address, {"scheme": scheme, "path": "/openapi.json"}, Host="evil.example.org"), 400),
        "a record without a token": (
            ask(
                address,
                {"scheme": scheme, "path": "/api/v1/summarize"},
                "POST",
                (ROOT / "samples/visit.json").read_bytes(),
                Host="localhost",
            ),
            200 if overlay == "dev" else 401,
        ),
    }
    for monitor in of_kind(docs, "ServiceMonitor"):
        for endpoint in monitor["spec"]["endpoints"]:
            wanted["the ServiceMonitor's scrape"] = (ask(address, endpoint, Host=f"{address}:8000"), 200)
    for what, (status, expected) in wanted.items():
        if status != expected:
            yield f"{what} is answered with {status}, not {expected}"
    for what in ("startup", "live", "ready"):
        done = docker("exec", name, "clinical-notes", "healthcheck", "--what", what, check=False)
        if done.returncode != 0:
            yield f"healthcheck --what {what} ends with {done.returncode}: {done.stderr.strip()}"
    process = docker("inspect", "--format", "{{.State.Pid}}", name).stdout.strip()
    found = re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{process}/status").read_text())
    resident = int(found[1]) / 1000
    if resident > amount(one["resources"]["requests"]["memory"]) / 1e6:
        yield f"holds {resident:.0f} MB, more than it requests"
    print(f"    {overlay}: startup probe answered after {ready:.1f} s, {resident:.0f} MB resident")


def in_a_crowd(docs, one, name, address):
    process = docker("inspect", "--format", "{{.State.Pid}}", name).stdout.strip()
    longest = int(environment(docs, one).get("CLINICAL_MAX_REQUEST_SIZE_MB", 10))
    post = {"path": "/api/v1/summarize"}
    served, refused, cut = crowd.send(
        lambda body: ask(address, post, "POST", body, 30, **{"Host": "localhost", "Content-Type": "application/json"}),
        longest,
    )
    state = docker("inspect", "--format", "{{.State.Running}} {{.State.OOMKilled}}", name).stdout.strip()
    if state != "true false":
        yield f"{crowd.AT_ONCE} records of {longest} MB at once kill it: running and out of memory are {state}"
        return
    most = crowd.peak(process)
    if not served or most > 0.9 * amount(one["resources"]["limits"]["memory"]):
        yield f"{served} of {crowd.AT_ONCE} records at once were served, with {most / 1e6:.0f} MB"
    # Who is refused while it still sends can lose the reply with its connection.
    print(
        f"    crowd: of {crowd.AT_ONCE} records of {longest} MB at once {served} served, {refused} told to come again, "
        f"{cut} cut off while sending; {most / 1e6:.0f} MB at most"
    )


def at_its_end(template, one, name, program, overlay, work):
    grace = template["spec"]["terminationGracePeriodSeconds"] - one["lifecycle"]["preStop"]["sleep"]["seconds"]
    began = time.monotonic()
    docker("stop", "--time", grace, name)
    took = time.monotonic() - began
    code = docker("inspect", "--format", "{{.State.ExitCode}}", name).stdout.strip()
    if code != "0" or took >= grace:
        yield f"ended with {code} after {took:.1f} s of {grace}"
    logs = {}
    for line in docker("logs", name).stdout.splitlines():
        found = re.search(r'\{"url":"log","valueString":"([^"]+)"', line)
        logs.setdefault(found[1] if found else "none", []).append(line)
    if len(logs) != 2 or "none" in logs:
        yield f"standard output holds {len(logs)} audit logs and not two"
    for at, lines in enumerate(logs.values()):
        file = work / f"log-{at}.ndjson"
        file.write_text("\n".join(lines) + "\n")
        done = subprocess.run([program, "audit", "verify", "--format", "json", file], capture_output=True, text=True)
        if done.returncode != 0 or not json.loads(done.stdout)["ok"]:
            yield f"the audit log on standard output is not whole: {done.stdout or done.stderr}"
    lines = ", ".join(str(len(one)) for one in logs.values())
    print(f"    {overlay}: ended after {took:.1f} s; audit logs of {lines} lines")


def main():
    image, program, *pairs = sys.argv[1:]
    failed = False
    for overlay, rendered in zip(pairs[::2], pairs[1::2], strict=True):
        with tempfile.TemporaryDirectory(prefix="pod-") as work:
            os.chmod(work, 0o755)
            found = list(faults(image, program, overlay, documents(rendered), pathlib.Path(work)))
        for text in found:
            print(f"FAIL: container: {overlay}: {text}")
        if not found:
            print(f"ok: container: {overlay}: starts, is probed, scraped and stopped as its manifest says")
        failed |= bool(found)
    sys.exit(failed)


main()
