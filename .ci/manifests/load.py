"""Rendered manifests, and what the other checks ask of them again and again."""

import pathlib

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


def documents(path):
    return [one for one in yaml.safe_load_all(pathlib.Path(path).read_text()) if one]


def of_kind(docs, *kinds):
    return [one for one in docs if one.get("kind") in kinds]


def name(doc):
    meta = doc.get("metadata", {})
    return "/".join(filter(None, [doc.get("kind"), meta.get("namespace"), meta.get("name")]))


def pods(docs):
    """Each workload with the template of its pods."""
    for doc in of_kind(docs, "Deployment", "StatefulSet", "DaemonSet", "Job"):
        yield doc, doc["spec"]["template"]


def containers(template):
    spec = template["spec"]
    return spec.get("initContainers", []) + spec["containers"]


def selects(selector, labels):
    """Whether a selector of Kubernetes takes these labels. Nothing selects everything."""
    labels = labels or {}
    if any(labels.get(key) != value for key, value in (selector.get("matchLabels") or {}).items()):
        return False
    for rule in selector.get("matchExpressions") or []:
        has, value = rule["key"] in labels, labels.get(rule["key"])
        holds = {
            "In": has and value in rule.get("values", []),
            "NotIn": value not in rule.get("values", []),
            "Exists": has,
            "DoesNotExist": not has,
        }[rule["operator"]]
        if not holds:
            return False
    return True
