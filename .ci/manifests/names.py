"""Whether things that name each other mean each other."""

import re

from load import ROOT, containers, name, of_kind, pods, selects

# What a replacement of kustomize has to fill in.
UNFILLED = re.compile(r"^(NAME|CLIENT|VAULT|TENANT|URI)$")
README = (ROOT / "deploy/kubernetes/README.md").read_text()


def faults(docs):
    seen = set()
    for doc in docs:
        if name(doc) in seen:
            yield f"{name(doc)} is there twice"
        seen.add(name(doc))
        if doc["kind"] != "Namespace" and not doc["metadata"].get("namespace"):
            yield f"{name(doc)} has no namespace"
        yield from (f"{name(doc)}: {path} was not filled in" for path in unfilled(doc))
    namespaces = {one["metadata"]["name"] for one in of_kind(docs, "Namespace")}
    for doc in docs:
        if doc["kind"] != "Namespace" and doc["metadata"].get("namespace") not in namespaces:
            yield f"{name(doc)} is in a namespace that is not made"
    for workload, template in pods(docs):
        yield from of_workload(docs, workload, template)
    yield from of_others(docs)


def unfilled(value, path=""):
    if isinstance(value, dict):
        for key, below in value.items():
            yield from unfilled(below, f"{path}.{key}")
    elif isinstance(value, list):
        for at, below in enumerate(value):
            yield from unfilled(below, f"{path}[{at}]")
    elif isinstance(value, str) and UNFILLED.match(value):
        yield path.lstrip(".")


def there(docs, kind, wanted, namespace):
    return any(
        one["metadata"]["name"] == wanted and one["metadata"].get("namespace") == namespace
        for one in of_kind(docs, kind)
    )


def of_workload(docs, workload, template):
    where, namespace = name(workload), workload["metadata"].get("namespace")
    labels, spec = template["metadata"]["labels"], template["spec"]
    if not selects(workload["spec"]["selector"], labels):
        yield f"{where}: its selector does not take its own pods"
    own = [one["labelSelector"] for one in spec.get("topologySpreadConstraints", [])]
    anti = spec.get("affinity", {}).get("podAntiAffinity", {})
    own += [
        one["podAffinityTerm"]["labelSelector"]
        for one in anti.get("preferredDuringSchedulingIgnoredDuringExecution", [])
    ]
    if not anti or not all(selects(one, labels) for one in own):
        yield f"{where}: its pods are not kept apart from each other"
    if not there(docs, "ServiceAccount", spec["serviceAccountName"], namespace):
        yield f"{where}: there is no ServiceAccount {spec['serviceAccountName']}"
    for one in containers(template):
        maps = [source.get("configMapRef", {}).get("name") for source in one.get("envFrom", [])]
        maps += [entry.get("valueFrom", {}).get("configMapKeyRef", {}).get("name") for entry in one.get("env", [])]
        for wanted in filter(None, maps):
            if not there(docs, "ConfigMap", wanted, namespace):
                yield f"{where}: there is no ConfigMap {wanted}"
        mounted = {mount["name"] for mount in one.get("volumeMounts", [])}
        for volume in {volume["name"] for volume in spec.get("volumes", [])} ^ mounted:
            yield f"{where}: volume {volume} is mounted and not there, or there and not mounted"
    for volume in spec.get("volumes", []):
        yield from (f"{where}: {text}" for text in of_volume(docs, volume, namespace))


def of_volume(docs, volume, namespace):
    if "csi" in volume:
        wanted = volume["csi"]["volumeAttributes"]["secretProviderClass"]
        if not there(docs, "SecretProviderClass", wanted, namespace):
            yield f"there is no SecretProviderClass {wanted}"
    # What stands in no manifest has to be made by hand, so the README says how.
    for kind, wanted in (
        ("secret", volume.get("secret", {}).get("secretName")),
        ("configmap", volume.get("configMap", {}).get("name")),
    ):
        if not wanted or there(docs, "ConfigMap", wanted, namespace):
            continue
        made = re.search(rf"create {kind} (generic |tls )?{re.escape(wanted)}\b.*?```", README, re.S)
        if not made:
            yield f"README.md does not say how {kind} {wanted} is made"
            continue
        for item in volume.get(kind if kind == "secret" else "configMap", {}).get("items", []):
            option = {"tls.crt": "--cert=", "tls.key": "--key="}.get(item["key"], f"--from-file={item['key']}=")
            if option not in made[0]:
                yield f"README.md makes {kind} {wanted} without {item['key']}"


def of_others(docs):
    templates = [(doc["metadata"].get("namespace"), template["metadata"]["labels"]) for doc, template in pods(docs)]
    for doc in of_kind(docs, "Service", "PodDisruptionBudget", "NetworkPolicy"):
        spec = doc["spec"]
        selector = {"Service": {"matchLabels": spec.get("selector")}, "NetworkPolicy": spec.get("podSelector")}.get(
            doc["kind"], spec.get("selector")
        )
        if not any(
            namespace == doc["metadata"]["namespace"] and selects(selector or {}, labels)
            for namespace, labels in templates
        ):
            yield f"{name(doc)}: selects no pod"
    for doc in of_kind(docs, "ServiceMonitor"):
        if not any(selects(doc["spec"]["selector"], one["metadata"].get("labels")) for one in of_kind(docs, "Service")):
            yield f"{name(doc)}: selects no Service"
    for doc in of_kind(docs, "HorizontalPodAutoscaler"):
        target = doc["spec"]["scaleTargetRef"]
        if not there(docs, target["kind"], target["name"], doc["metadata"]["namespace"]):
            yield f"{name(doc)}: there is no {target['kind']} {target['name']}"
    for doc in of_kind(docs, "HTTPRoute"):
        for parent in doc["spec"]["parentRefs"]:
            if not there(docs, "Gateway", parent["name"], parent.get("namespace", doc["metadata"]["namespace"])):
                yield f"{name(doc)}: there is no Gateway {parent['name']}"


def figure(docs):
    return f"{len(docs)} documents"
