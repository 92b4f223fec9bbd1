"""The variables that a container gets, as the kubelet would make them, and what the program says to them."""

import base64
import os
import pathlib
import re
import secrets
import subprocess
import tempfile

import yaml

from load import ROOT, containers, name, of_kind, pods

POD_IP = "10.244.1.7"
ROWS = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "docs/CONFIGURATION.md").read_text(), re.M)
KNOWN = {one for row in ROWS for one in re.findall(r"`([A-Z0-9_]+)`", row)}


def image_environment():
    """What the image itself sets: the last ENV of the Dockerfile."""
    last = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    return dict(re.findall(r"\b((?:CLINICAL|OAUTH2|TLS|REDIS|OTEL)[A-Z0-9_]*)=(\S+)", last))


def environment(docs, container, pod_ip=POD_IP):
    """Image, then envFrom, then env with $(NAME) of the entries before, as the kubelet does it."""
    maps = {one["metadata"]["name"]: one.get("data", {}) for one in of_kind(docs, "ConfigMap")}
    given = image_environment()
    for source in container.get("envFrom", []):
        given.update(maps.get(source["configMapRef"]["name"], {}))
    before = {}
    for entry in container.get("env", []):
        origin = entry.get("valueFrom", {})
        if "configMapKeyRef" in origin:
            value = maps.get(origin["configMapKeyRef"]["name"], {}).get(origin["configMapKeyRef"]["key"], "")
        elif "fieldRef" in origin:
            value = {"status.podIP": pod_ip}[origin["fieldRef"]["fieldPath"]]
        else:
            value = re.sub(r"\$\((\w+)\)", lambda found: before.get(found[1], found[0]), entry.get("value", ""))
        before[entry["name"]] = value
    return {**given, **before}


def unknown(container, given):
    """Names that are no settings and that no other variable is made of."""
    made_of = {
        used for entry in container.get("env", []) for used in re.findall(r"\$\((\w+)\)", entry.get("value", ""))
    }
    for one in sorted(set(given) - made_of):
        if one not in KNOWN and one.removesuffix("_FILE") not in KNOWN:
            yield one


def volume_files(docs, volume):
    """The names of the files that a volume of secrets or settings will hold."""
    if "csi" in volume:
        wanted = volume["csi"]["volumeAttributes"]["secretProviderClass"]
        for one in of_kind(docs, "SecretProviderClass"):
            if one["metadata"]["name"] == wanted:
                for text in yaml.safe_load(one["spec"]["parameters"]["objects"])["array"]:
                    found = yaml.safe_load(text)
                    yield found.get("objectAlias") or found["objectName"]
    for kind in ("secret", "configMap"):
        for item in volume.get(kind, {}).get("items", []):
            yield item["path"]


def invent(folder, files):
    """Values of the right kind, drawn by lot."""
    folder.mkdir(parents=True, exist_ok=True)
    if {"tls.crt", "tls.key", "ca.crt"} & set(files):
        name_of = "-subj /CN=notes.example.org -addext subjectAltName=DNS:notes.example.org".split()
        where = ["-keyout", folder / "tls.key", "-out", folder / "tls.crt"]
        make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2".split()
        subprocess.run([*make, *name_of, *where], check=True, capture_output=True)
    for file in files:
        if file == "ca.crt":
            (folder / file).write_bytes((folder / "tls.crt").read_bytes())
        elif not file.startswith("tls."):
            text = base64.b64encode(secrets.token_bytes(32 if "signing_key" in file else 48)).decode()
            if file == "redis_url":
                text = f"redis://:{secrets.token_urlsafe(24)}@10.20.0.6:6379/0"
            (folder / file).write_text(text)
    for file in [folder, *folder.iterdir()]:
        if os.getuid() == 0:
            os.chown(file, 1001, 1001)
        file.chmod(0o750 if file.is_dir() else 0o440)


def faults(docs, program):
    for workload, template in pods(docs):
        for one in containers(template):
            given = environment(docs, one)
            for wrong in unknown(one, given):
                yield f"{name(workload)}: {wrong} is no setting of docs/CONFIGURATION.md"
            with tempfile.TemporaryDirectory(prefix="settings-") as work:
                os.chmod(work, 0o755)
                said = list(ask(docs, template, one, given, pathlib.Path(work), program))
            yield from (f"{name(workload)}: {line}" for line in said)


def ask(docs, template, container, given, work, program):
    """`clinical-notes config` with these variables, as user 1001; the files of volumes lie in a folder of ours."""
    volumes = {volume["name"]: volume for volume in template["spec"].get("volumes", [])}
    for mount in container.get("volumeMounts", []):
        files = list(volume_files(docs, volumes.get(mount["name"], {})))
        if files:
            here = work / mount["name"]
            invent(here, files)
            given = {
                key: value.replace(mount["mountPath"], str(here), 1)
                if value.startswith(mount["mountPath"] + "/")
                else value
                for key, value in given.items()
            }
    for key, value in given.items():
        if value.startswith(str(work)) and not pathlib.Path(value).exists():
            yield f"{key} names {pathlib.Path(value).name}, which the volume does not have"
    as_user = ["setpriv", "--reuid=1001", "--regid=1001", "--clear-groups"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*as_user, program, "config"], env={**given, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    if done.returncode != 0:
        yield f"the program would not start ({done.returncode}): {' '.join(done.stderr.split())}"


def figure(docs):
    number = sum(len(environment(docs, one)) for _, template in pods(docs) for one in containers(template))
    return f"{number} variables, read by the program itself"
