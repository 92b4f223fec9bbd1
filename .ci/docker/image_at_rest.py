#!/usr/bin/env python3
"""What an image is, without starting it: its configuration, every file of every layer, the program in it, its list of
parts. Needs docker, readelf and objcopy; cargo for the comparison with what the sources ask for.
Usage: image_at_rest.py [IMAGE]; exit 1 if a check fails."""
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zlib
from pathlib import Path

HERE = Path(__file__).parent
SIZE_LIMIT = 40_000_000
MORE_LIMIT = 20
BESIDE = ["deb/debian/libc6-dev", "deb/debian/ca-certificates", "cargo/coreutils"]
LABELS = ["title", "description", "licenses", "version", "revision", "created"]
PROGRAM = "usr/local/bin/clinical-notes"
LIST = "usr/share/doc/clinical-notes/sbom.cdx.json"
TARGETS = {"amd64": "x86_64-unknown-linux-gnu", "arm64": "aarch64-unknown-linux-gnu"}
# A private key, wherever it stands in a file that is not a program.
KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")

failures = 0


def check(holds, what, detail=""):
    """Prints the outcome of one check and counts a failure."""
    global failures
    failures += not holds
    print(f"{'ok' if holds else 'FAIL'}: {what}" + (f": {detail}" if detail and not holds else ""))


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def configuration(image):
    config = image["Config"]
    for name, expected in json.loads((HERE / "image-config.json").read_text()).items():
        found = config
        for part in name.split("."):
            found = (found or {}).get(part)
        check(found == expected, f"configuration: {name} is {json.dumps(expected)}", f"it is {json.dumps(found)}")
    labels = config.get("Labels") or {}
    missing = [name for name in LABELS if not labels.get(f"org.opencontainers.image.{name}")]
    check(not missing, f"labels of OCI are set: {', '.join(LABELS)}", f"not {', '.join(missing)}")
    check(not config.get("Volumes"), "no volume is made without being asked for", str(config.get("Volumes")))
    check(image["Size"] < SIZE_LIMIT, f"size {image['Size'] / 1e6:.1f} MB, below {SIZE_LIMIT / 1e6:.0f} MB", "too large")


def layers(name, folder):
    """The layers of the image, lowest first, as open archives."""
    archive = Path(folder) / "image.tar"
    with archive.open("wb") as out:
        subprocess.run(["docker", "save", name], check=True, stdout=out)
    with tarfile.open(archive) as whole:
        whole.extractall(folder, filter="data")
    archive.unlink()
    for path in json.loads((Path(folder) / "manifest.json").read_text())[0]["Layers"]:
        yield tarfile.open(Path(folder) / path)


def expected_files():
    for line in (HERE / "image-files.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            kind, mode, owner, path, *target = line.split()
            yield path, f"{kind} {mode} {owner}" + (f" {target[0]}" if target else "")


def described(member):
    kind = "d" if member.isdir() else "l" if member.issym() else "f" if member.isreg() else "?"
    target = f" {member.linkname}" if member.issym() else ""
    return f"{kind} {member.mode & 0o7777:04o} {member.uid}:{member.gid}{target}"


def files(name, folder):
    """Holds every layer against the list: a file that a later layer hides is still in the image. Keeps what others need."""
    expected, seen, wrong, keys, kept = dict(expected_files()), set(), [], [], {}
    for layer in layers(name, folder):
        for member in layer:
            path = member.name.removeprefix("./").strip("/")
            if path in ("", "."):
                continue
            seen.add(path)
            if path not in expected:
                wrong.append(f"{path} ({described(member)}) is not expected")
            elif described(member) != expected[path]:
                wrong.append(f"{path} is {described(member)}, not {expected[path]}")
            if member.isreg():
                content = layer.extractfile(member).read()
                if not content.startswith(b"\x7fELF") and KEY.search(content):
                    keys.append(path)
                if path in (PROGRAM, LIST):
                    kept[path] = content
    wrong += [f"{path} is not there" for path in expected if path not in seen]
    check(not wrong, f"each of {len(seen)} paths in all layers has its type, mode and owner, none is there beside them", "; ".join(wrong))
    check(not keys, "no file of a layer holds a private key", ", ".join(keys))
    return kept


def program(content, folder):
    """The program needs nothing of the system, and tells its own parts. Returns these."""
    path = Path(folder) / "program"
    path.write_bytes(content)
    segments = run("readelf", "-lW", path).decode()
    check("INTERP" not in segments, "the program asks for no loader")
    check("(NEEDED)" not in run("readelf", "-dW", path).decode(), "the program asks for no library")
    stack = re.search(r"GNU_STACK.*\s(R[W ]?E?)\s", segments)
    check(bool(stack) and "E" not in stack.group(1), "the stack of the program is not executable")
    check(b"/usr/local/cargo/registry" not in content and b"/build/crates" not in content, "no path of the build stands in the program")
    part = Path(folder) / "parts"
    try:
        run("objcopy", "--dump-section", f".dep-v0={part}", path, "/dev/null")
        parts = json.loads(zlib.decompress(part.read_bytes()))["packages"]
    except (subprocess.CalledProcessError, OSError, zlib.error, ValueError):
        check(False, "the program holds the list of its parts (.dep-v0)")
        return None
    print(f"ok: the program holds the list of its {len(parts)} parts (.dep-v0)")
    return {(p["name"], p["version"]) for p in parts if p.get("kind", "runtime") == "runtime"}


def asked_for(edges, target):
    """What the sources ask for on a system, after Cargo."""
    command = ["cargo", "tree", "--locked", "--package", "clinical-app", "--edges", edges, "--target", target, "--prefix", "none", "--no-dedupe"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {tuple(re.match(r"(\S+) v(\S+)", line).groups()) for line in lines if line}


def some(items):
    """A few of many, for a message."""
    return ", ".join(" ".join(item) for item in sorted(items)[:5]) + (f" and {len(items) - 5} more" if len(items) > 5 else "")


def bill(content, inside, target):
    """The list of parts (SBOM) against the lock file, the program's own list and the sources."""
    try:
        listed = json.loads(content)
    except ValueError:
        check(False, "the SBOM is JSON")
        return
    check((listed.get("bomFormat"), listed.get("specVersion")) == ("CycloneDX", "1.5"), "the SBOM is CycloneDX 1.5")
    own = listed.get("metadata", {}).get("component", {})
    parts = [own, *listed.get("components", [])]
    incomplete = [p.get("name", "?") for p in parts if not (p.get("name") and p.get("version") and p.get("purl"))]
    check(not incomplete, "each part of the SBOM has a name, a version and an address (purl)", ", ".join(incomplete[:5]))
    # What is no crate of the program is listed by the script that lays out the root (docker/image/root.sh).
    beside = [name for name in BESIDE if not any(p.get("purl", "").startswith(f"pkg:{name}@") for p in parts)]
    check(not beside, f"the SBOM names what is no crate of the program: {', '.join(BESIDE)}", f"not {', '.join(beside)}")
    crates = {(p["name"], p["version"]) for p in parts if p.get("purl", "").startswith("pkg:cargo/") and (p is own or p.get("type") == "library")}
    locked = {(p["name"], p["version"]) for p in tomllib.loads(Path("Cargo.lock").read_text())["package"]}
    check(crates <= locked, f"each of {len(crates)} crates of the SBOM stands in Cargo.lock", some(crates - locked))
    if inside is not None:
        check(inside <= crates, f"each of {len(inside)} crates inside of the program stands in the SBOM", some(inside - crates))
    if not shutil.which("cargo"):
        print("not run: the SBOM against the sources (no cargo)")
        return
    needed = asked_for("normal", target)
    check(needed <= crates, f"each of {len(needed)} crates that the sources ask for on {target} stands in the SBOM", some(needed - crates))
    # The tool that makes it looks at the whole workspace: what only builds, or a feature that only tests turn on, is there too.
    more = crates - asked_for("normal,build", target)
    check(len(more) <= MORE_LIMIT, f"the SBOM names {len(more)} crates more than that, {MORE_LIMIT} at most", some(more))


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else "clinical-notes-summarizer:latest"
    image = json.loads(run("docker", "image", "inspect", name))[0]
    configuration(image)
    with tempfile.TemporaryDirectory() as folder:
        kept = files(name, folder)
        inside = program(kept[PROGRAM], folder) if PROGRAM in kept else None
    if LIST in kept:
        bill(kept[LIST], inside, TARGETS[image["Architecture"]])
    sys.exit(1 if failures else 0)


main()
