"""Tests deploy/azure/deploy.sh: what --dry-run prints, and what runs, with programs that write down their calls.

    deploy_test.py [--write]      from the root of the repository; --write makes the golden files anew
"""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path.cwd()
HERE = ROOT / ".ci/azure"
WRITE = "--write" in sys.argv
DIGEST = "sha256:" + "5e" * 32
OLDER = "sha256:" + "0d" * 32
PENDING = "sha256:DIGEST-OF-THE-PUSH"
PLACES = {"aks": "prod", "appService": "dev", "both": "trial"}
failed = []
count = 0


def check(what, holds, detail=""):
    global count
    count += 1
    if not holds:
        failed.append(what)
        print(f"FAIL: {what}: {detail}")


class Place:
    """A small checkout with the script, parameters that are filled in, and the stubs on its PATH."""

    def __init__(self, folder, target="aks", production=True):
        self.folder, self.target, self.place = Path(folder), target, PLACES[target]
        shutil.copytree(ROOT / "deploy/azure", self.folder / "deploy/azure", ignore=shutil.ignore_patterns("releases"))
        overlay = self.folder / "deploy/kubernetes/overlays/aks"
        overlay.mkdir(parents=True)
        (overlay / "site.env").write_text("TENANT_ID=11111111-1111-1111-1111-111111111111\nKEY_VAULT=kv-of-the-site\n")
        (overlay / "settings.env").write_text("CLINICAL_ALLOWED_HOSTS=notes.clinic.test\n")
        (overlay / "kustomization.yaml").write_text(
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - pod.yaml\n"
            "images:\n  - name: clinical-notes-summarizer\n    newName: example.azurecr.io/clinical-notes-summarizer\n    digest: sha256:" + "0" * 64 + "\n")
        (overlay / "pod.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata:\n  name: one\nspec:\n  containers:\n    - name: clinical-api\n      image: clinical-notes-summarizer\n")
        prod = (ROOT / "deploy/azure/parameters/prod.bicepparam").read_text()
        for name, value in {"target": target, "environmentName": self.place, "adminGroupId": "a-group", "tokenAudience": "an-application",
                            "registryName": "crtest", "vaultName": "kv-test", "archiveName": "sttest", "clusterName": "aks-test", "siteName": "app-test",
                            "clinicalEnvironment": "production" if production else "staging"}.items():
            prod, n = re.subn(rf"^param {name} = '[^']*'", f"param {name} = '{value}'", prod, flags=re.M)
            assert n == 1, name
        self.parameters = self.folder / "place.bicepparam"
        self.parameters.write_text(prod)
        bin_ = self.folder / "bin"
        bin_.mkdir()
        for program in ("az", "docker", "kubectl", "kubelogin", "curl", "clinical-notes"):
            (bin_ / program).symlink_to(HERE / "stub")
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@t.test", "-c", "commit.gpgsign=false"]
        # The same commit in every place.
        always = {**os.environ, "GIT_AUTHOR_DATE": "2025-03-01T09:00:00Z", "GIT_COMMITTER_DATE": "2025-03-01T09:00:00Z"}
        for arguments in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "one"]):
            subprocess.run(git + arguments, cwd=folder, check=True, capture_output=True, env=always)
        self.calls = self.folder / "calls"
        self.record = self.folder / f"deploy/azure/releases/{self.place}.tsv"

    def run(self, *arguments, group="rg-clinical", parameters="place.bicepparam", fail_at=None, running=DIGEST, pushed=DIGEST, unresolved="", confirm=True):
        self.calls.unlink(missing_ok=True)
        command = ["deploy/azure/deploy.sh", *arguments]
        if parameters:
            command += ["--parameters", parameters]
        if group:
            command += ["--resource-group", group]
        if confirm and "--dry-run" not in arguments:
            command += ["--confirm", group or ""]
        environment = {**os.environ, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "CALLS": str(self.calls), "UNRESOLVED": unresolved,
                       "RUNNING": f"crtest.azurecr.io/clinical-notes-summarizer@{running}", "PUSHED": f"crtest.azurecr.io/clinical-notes-summarizer@{pushed}" if pushed else ""}
        for name in ("CONTAINER_IMAGE", "FAIL_AT"):
            environment.pop(name, None)
        if fail_at:
            environment["FAIL_AT"] = str(fail_at)
        ran = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return ran

    def called(self):
        return [shlex.split(line) for line in self.calls.read_text().splitlines()] if self.calls.exists() else []

    def recorded(self):
        return [line.split("\t")[1:] for line in self.record.read_text().splitlines()] if self.record.exists() else []


def commands(printed):
    return [shlex.split(line[2:]) for line in printed.splitlines() if line.startswith("+ ")]


def with_digest(found, digest):
    return [[word.replace(PENDING, digest) for word in command] for command in found]


def golden(name, printed):
    """What is printed is what was looked at when the file was made."""
    printed = re.sub(r"REVISION=[0-9a-f]{40}", "REVISION=COMMIT", printed)
    printed = re.sub(r"CREATED=[0-9T:+Z-]+", "CREATED=TIME", printed)
    file = HERE / f"golden/{name}.txt"
    if WRITE:
        file.write_text(printed)
    want = file.read_text() if file.exists() else ""
    check(f"{name} prints what the golden file has", printed == want, f"\n{printed}\n--- instead of\n{want}")


def new(target="aks", production=True):
    return Place(tempfile.mkdtemp(dir=work), target, production)


def all_steps(target):
    place = new(target)
    dry = place.run("all", "--version", "1.2.0", "--dry-run")
    check(f"{target}: the dry run ends well", dry.returncode == 0, dry.stderr)
    check(f"{target}: the dry run calls nothing and records nothing", not place.called() and not place.recorded())
    check(f"{target}: the dry run writes nothing", not (place.folder / "target").exists())
    golden(f"{target}-all", dry.stdout)
    real = place.run("all", "--version", "1.2.0")
    check(f"{target}: the run ends well", real.returncode == 0, real.stdout + real.stderr)
    ran = place.called()
    check(f"{target}: what runs is what the dry run printed, in that order", ran == with_digest(commands(dry.stdout), DIGEST), f"\n{ran}\n{commands(dry.stdout)}")
    check(f"{target}: each command is printed before it runs", commands(real.stdout) == ran, real.stdout)
    check(f"{target}: the digest is recorded", place.recorded() == [["pushed", "1.2.0", DIGEST], ["deployed", "1.2.0", DIGEST]], place.recorded())
    # Now that a digest is recorded, printed and run are the same without a placeholder.
    dry = place.run("infrastructure", "deploy", "verify", "--dry-run")
    real = place.run("infrastructure", "deploy", "verify")
    check(f"{target}: with a recorded digest dry run and run are equal", real.returncode == 0 and commands(dry.stdout) == place.called() and PENDING not in dry.stdout, real.stderr)
    check(f"{target}: infrastructure keeps the image that runs", f"env CONTAINER_IMAGE=crtest.azurecr.io/clinical-notes-summarizer@{DIGEST} az deployment group create" in dry.stdout, dry.stdout)
    # It stops at the first command that fails, whichever that is, and says how to go on.
    for at in range(1, len(ran) + 1):
        place = new(target)
        stopped = place.run("all", "--version", "1.2.0", fail_at=at)
        check(f"{target}: stops at command {at}", stopped.returncode == 7 and place.called() == ran[:at], f"{stopped.returncode} {place.called()[-1:]}")
        step = re.search(r"stopped in the step (\w+) \(status 7\)", stopped.stderr)
        on = re.search(r"go on with:\n \+ (.*)", stopped.stderr)
        check(f"{target}: command {at} names its step and the way on", bool(step and on), stopped.stderr)
        if step and on:
            words = shlex.split(on.group(1))
            check(f"{target}: the way on from command {at} begins with its step", words[1] == step.group(1), on.group(1))
            again = place.run(*words[1:words.index("--parameters")], "--version", "1.2.0")
            done = place.called()
            # To verify alone, the script signs in to the cluster first.
            done, whole = ([c for c in found if "get-credentials" not in c and c[0] != "kubelogin"] for found in (done, ran))
            check(f"{target}: the way on from command {at} comes to the same end", again.returncode == 0 and done and done == whole[-len(done):], f"{again.stderr} {done}")


def rollback(target):
    place = new(target)
    for version, digest in (("1.0.0", OLDER), ("1.2.0", DIGEST)):
        ran = place.run("push", "deploy", "--version", version, running=digest, pushed=digest)
        check(f"{target}: {version} is deployed", ran.returncode == 0, ran.stderr)
    dry = place.run("rollback", "--dry-run")
    golden(f"{target}-rollback", dry.stdout)
    real = place.run("rollback", running=OLDER)
    check(f"{target}: it goes back", real.returncode == 0, real.stdout + real.stderr)
    expected = commands(dry.stdout)
    check(f"{target}: rollback runs what the dry run printed", place.called() == with_digest(expected, OLDER), f"\n{place.called()}\n{expected}")
    check(f"{target}: it is recorded as deployed", place.recorded()[-1] == ["deployed", "1.0.0", OLDER], place.recorded())
    check(f"{target}: it goes back to the release before", any(OLDER in word for command in place.called() for word in command) or target == "aks", place.called())
    forward = place.run("rollback", "--digest", DIGEST)
    check(f"{target}: --digest says where to", forward.returncode == 0 and place.recorded()[-1] == ["deployed", "1.2.0", DIGEST], forward.stderr)
    # Whichever command fails: going on never undoes the undoing.
    total = len(expected)
    for at in range(1, total + 1):
        stopped = place.run("rollback", fail_at=at, running=OLDER)
        undone = any("undo" in command for command in place.called()[:-1])
        on = re.search(r"go on with:\n \+ (.*)", stopped.stderr)
        check(f"{target}: rollback stops at command {at}", stopped.returncode == 7 and bool(on), stopped.stderr)
        if on and undone:
            check(f"{target}: after the undo of command {at} the way on is to verify", shlex.split(on.group(1))[1] == "verify", on.group(1))
        place.run("deploy", "--digest", DIGEST)
    if target == "appService":
        place = new(target)
        alone = place.run("rollback")
        check("nothing to go back to is said", alone.returncode == 64 and "--digest is missing" in alone.stderr and not place.called(), alone.stderr)


def refused(place, what, named, *arguments, **options):
    """Ends with 64, names what is wrong, and has called nothing."""
    ran = place.run(*arguments, **options)
    check(f"refused: {what}", ran.returncode == 64 and named in ran.stderr and not place.called(), f"{ran.returncode} {ran.stderr}")


def refusals():
    place = new("both", production=False)
    refused(place, "no step", "no step is given")
    refused(place, "an unknown step", "unknown step fly", "fly")
    refused(place, "an unknown option", "unknown option --fly", "build", "--fly", "1")
    refused(place, "an option without its value", "--version needs a value", "build", "--version", group=None, parameters=None, confirm=False)
    refused(place, "no parameters", "--parameters is missing", "build", "--version", "1", parameters=None)
    refused(place, "a file of parameters that is not there", "there is no file other.bicepparam", "build", "--version", "1", parameters="other.bicepparam")
    refused(place, "no resource group", "--resource-group is missing", "build", "--version", "1", group=None)
    for step in ("build", "tag", "push", "infrastructure"):
        refused(place, f"{step} without a version", "--version is missing", step)
    refused(place, "secrets without one", "--secret is missing", "secrets")
    refused(place, "archive without a folder", "--folder is missing", "archive")
    refused(place, "deploy without a digest", "--digest is missing", "deploy")
    refused(place, "a digest that is none", "--digest is not sha256:", "deploy", "--digest", "latest")
    refused(place, "a version that is no tag", "--version is not a tag", "build", "--version", "a b")
    whole = place.parameters.read_text()
    for name in ("target", "environmentName", "clinicalEnvironment", "registryName", "vaultName", "archiveName", "clusterName", "siteName"):
        place.parameters.write_text(re.sub(rf"^param {name} = .*\n", "", whole, flags=re.M))
        refused(place, f"parameters without {name}", f"{name} is missing in place.bicepparam", "build", "--version", "1")
    for name in ("adminGroupId", "tokenAudience"):
        place.parameters.write_text(re.sub(rf"^param {name} = .*", f"param {name} = ''", whole, flags=re.M))
        refused(place, f"infrastructure with an empty {name}", f"{name} is missing", "infrastructure", "--version", "1")
    place.parameters.write_text(whole.replace("param target = 'both'", "param target = 'vm'"))
    refused(place, "a target that is none", "none of aks, appService, both", "build", "--version", "1")
    for file in sorted((ROOT / "deploy/azure/parameters").glob("*.bicepparam")):
        refused(place, f"{file.name} as it is shipped", "is missing in", "infrastructure", "--version", "1", parameters=f"deploy/azure/parameters/{file.name}")


def production():
    place = new("aks")
    ran = place.run("infrastructure", "--version", "1.2.0", confirm=False)
    check("production without --confirm changes nothing", ran.returncode == 64 and [c[2:6] for c in place.called()] == [["az", "deployment", "group", "what-if"]] and "--confirm rg-clinical" in ran.stderr, ran.stderr)
    for step in (("deploy", "--digest", DIGEST), ("rollback", "--digest", DIGEST)):
        ran = place.run(*step, confirm=False)
        check(f"production: {step[0]} without --confirm calls nothing", ran.returncode == 64 and not place.called(), ran.stderr)
        ran = place.run(*step, "--confirm", "another", confirm=False)
        check(f"production: {step[0]} with another name calls nothing", ran.returncode == 64 and not place.called(), ran.stderr)
    place = new("aks", production=False)
    ran = place.run("deploy", "--digest", DIGEST, confirm=False)
    check("staging asks nothing", ran.returncode == 0, ran.stderr)


def secrets():
    place = new("aks")
    value = "c2VjcmV0IG9mIHRoaXMgdGVzdA=="
    file = place.folder / "key"
    file.write_text(value)
    file.chmod(0o644)
    refused(place, "a secret that others can read", "others can read the file", "secrets", "--secret", "clinical-audit-signing-key=key")
    file.chmod(0o600)
    refused(place, "a secret without a file", "there is no such file", "secrets", "--secret", "clinical-audit-signing-key=keys")
    refused(place, "a secret without a name", "wants NAME=FILE", "secrets", "--secret", "key")
    (place.folder / "empty").touch(0o600)
    refused(place, "an empty secret", "the file is empty", "secrets", "--secret", "redis-url=empty")
    ran = place.run("secrets", "--secret", "clinical-audit-signing-key=key")
    calls = place.called()
    check("a secret goes by file and without output", ran.returncode == 0 and calls == [
        ["az", "keyvault", "secret", "set", "--vault-name", "kv-test", "--name", "clinical-audit-signing-key", "--file", "key", "--encoding", "utf-8", "--output", "none"]], calls)
    check("its value is printed nowhere", value not in ran.stdout + ran.stderr + place.calls.read_text())


def what_goes_wrong():
    place = new("aks")
    site = place.folder / "deploy/kubernetes/overlays/aks/site.env"
    site.write_text("TENANT_ID=00000000-0000-0000-0000-000000000000\n")
    ran = place.run("deploy", "--digest", DIGEST)
    check("placeholders in the overlay stop before anything is applied", ran.returncode == 64 and "placeholders" in ran.stderr and "site.env" in ran.stderr and not any("apply" in c for c in place.called()), ran.stderr)
    ran = new("aks").run("push", "--version", "1.2.0", pushed="")
    check("a push without a digest is not recorded", ran.returncode == 1 and "left no digest" in ran.stderr, ran.stderr)
    ran = new("aks").run("verify", "--digest", DIGEST, running=OLDER)
    check("verify sees another image in the cluster", ran.returncode == 1 and "it says" in ran.stderr, ran.stderr)
    ran = new("appService").run("verify", "--digest", DIGEST, running=OLDER)
    check("verify sees another image in the site", ran.returncode == 1 and "it says" in ran.stderr, ran.stderr)
    ran = new("appService").run("verify", "--digest", DIGEST, unresolved="CLINICAL_DEIDENTIFY_SECRET")
    check("verify sees a reference to the vault that does not resolve", ran.returncode == 1 and "CLINICAL_DEIDENTIFY_SECRET" in ran.stderr, ran.stderr)
    place = new("aks")
    (place.folder / "audit").mkdir()
    refused(place, "an archive of nothing", "there is no file in audit", "archive", "--folder", "audit")
    for name in ("1f.ndjson", "2e.ndjson"):
        (place.folder / "audit" / name).write_text("{}\n")
    ran = place.run("archive", "--folder", "audit", "--public-key", "KEY=")
    check("the archive is filled after the check", ran.returncode == 0 and [c[:4] for c in place.called()] == [["clinical-notes", "audit", "verify", "--public-key"], ["az", "storage", "blob", "upload-batch"]]
          and place.called()[0][4:] == ["KEY=", "audit/1f.ndjson", "audit/2e.ndjson"], place.called())
    ran = place.run("archive", "--folder", "audit", fail_at=1)
    check("what the check refuses is not archived", ran.returncode == 7 and len(place.called()) == 1, place.called())
    ran = place.run("login", "--subscription", "sub-1")
    check("the subscription is set first", place.called()[0] == ["az", "account", "set", "--subscription", "sub-1"], place.called())


def split():
    """Lines that a collector mixed become logs again."""
    def line(log, number, text=""):
        return f'{{"text":"{text}","extension":[{{"url":"urn:x-clinical-notes:audit:chain","extension":[{{"url":"log","valueString":"{log}"}},{{"url":"sequence","valueDecimal":{number}}},{{"url":"digest","valueString":"00"}}]}}]}}'
    one, two = [line("aa01", n) for n in range(1, 12)], [line("bb02", n, "a  b") for n in range(1, 4)]
    mixed = [two[2], "INFO request", *reversed(one), one[4], two[0], "", two[1]]
    folder = Path(work) / "logs"

    def run(lines):
        return subprocess.run([ROOT / "deploy/azure/split-audit.sh", folder], input="".join(f"{one}\n" for one in lines), capture_output=True, text=True, check=False)
    ran = run(mixed)
    check("lines are sorted back into their logs", ran.returncode == 0 and (folder / "aa01.ndjson").read_text().splitlines() == one and (folder / "bb02.ndjson").read_text().splitlines() == two, ran.stderr)
    check("what is no line of a log is counted", "2 other lines left out" in ran.stderr, ran.stderr)
    check("a folder that holds something is left alone", run(mixed).returncode == 64)
    shutil.rmtree(folder)
    changed = line("aa01", 3, "changed")
    run(one + [changed])
    check("a line that comes twice and differs is kept, for verify to see", (folder / "aa01.ndjson").read_text().splitlines().count(changed) == 1 and len((folder / "aa01.ndjson").read_text().splitlines()) == 12)
    shutil.rmtree(folder)
    check("no line at all is said", run(["INFO request"]).returncode == 1)
    shutil.rmtree(folder)


def rendered():
    """The kustomization that the script writes, by the real kubectl."""
    kubectl = next((p for p in (Path(d) / "kubectl" for d in os.environ["PATH"].split(":")) if p.exists()), None)
    if kubectl is None:
        print("not run: kubectl kustomize (no kubectl here)")
        return
    place = new("aks")
    place.run("deploy", "--digest", DIGEST)
    ran = subprocess.run([kubectl, "kustomize", "target/azure/prod/aks"], cwd=place.folder, capture_output=True, text=True, check=False)
    check("the written overlay renders with the digest", ran.returncode == 0 and f"image: crtest.azurecr.io/clinical-notes-summarizer@{DIGEST}" in ran.stdout, ran.stdout + ran.stderr)
    real = ROOT / "deploy/kubernetes"
    if not real.exists():
        print("not run: the same over deploy/kubernetes (it is not there)")
        return
    place = new("aks")
    written = "target/azure/prod/aks/kustomization.yaml"
    shutil.rmtree(place.folder / "deploy/kubernetes")
    shutil.copytree(real, place.folder / "deploy/kubernetes")
    for file in ("site.env", "settings.env"):
        path = place.folder / "deploy/kubernetes/overlays/aks" / file
        path.write_text(re.sub(r"00000000-0000-0000-0000-00000000000", "11111111-1111-1111-1111-11111111111", path.read_text()).replace("kv-example", "kv-test").replace(".example.org", ".clinic.test"))
    ran = place.run("deploy", "--digest", DIGEST)
    check("the overlay of the repository is taken when it is filled in", ran.returncode == 0 and (place.folder / written).exists(), ran.stderr)
    ran = subprocess.run([kubectl, "kustomize", "target/azure/prod/aks"], cwd=place.folder, capture_output=True, text=True, check=False)
    check("it renders with the digest", ran.returncode == 0 and ran.stdout.count(f"image: crtest.azurecr.io/clinical-notes-summarizer@{DIGEST}") == 1, ran.stdout[-500:] + ran.stderr)
    for name in ("name: clinical-api", "namespace: clinical-notes"):
        check(f"the cluster has what the script asks for: {name}", name in ran.stdout)


with tempfile.TemporaryDirectory() as work:
    for one in PLACES:
        all_steps(one)
        rollback(one)
    refusals()
    production()
    secrets()
    what_goes_wrong()
    split()
    rendered()
print(f"deploy.sh and split-audit.sh: {count - len(failed)} of {count} checks hold")
sys.exit(1 if failed else 0)
