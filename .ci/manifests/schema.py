"""Every document against a schema that knows no other fields: Kubernetes' own, newest version there is, and for custom
kinds the hand-made shapes of shapes.yaml, which know the fields that we use."""

import jsonschema
import kubernetes_validate
import yaml

from load import ROOT, name

SHAPES = yaml.safe_load((ROOT / ".ci/manifests/shapes.yaml").read_text())


def faults(docs):
    for doc in docs:
        kind = f"{doc.get('apiVersion')}/{doc.get('kind')}"
        if kind in SHAPES:
            for error in jsonschema.Draft202012Validator(SHAPES[kind]).iter_errors(doc):
                yield f"{name(doc)}: {'.'.join(map(str, error.path))}: {error.message}"
            continue
        try:
            kubernetes_validate.validate(doc, kubernetes_validate.latest_version(), strict=True)
        except kubernetes_validate.SchemaNotFoundError:
            yield f"{name(doc)}: there is no schema of {kind}"
        except kubernetes_validate.ValidationError as error:
            yield f"{name(doc)}: {'.'.join(map(str, error.path))}: {error.message}"


def figure(docs):
    custom = sum(f"{doc['apiVersion']}/{doc['kind']}" in SHAPES for doc in docs)
    version = kubernetes_validate.latest_version()
    return f"{len(docs) - custom} of Kubernetes {version}, {custom} custom ones by our own shapes"
