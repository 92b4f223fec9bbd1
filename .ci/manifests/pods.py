"""What a pod may do, what it gets, and how it begins and ends."""

from load import containers, name, of_kind, pods, selects

# The service ends within this: docs of CLINICAL_MAX_PROCESSING_TIME_SECONDS and of the end of its logs.
LONGEST_END = 18


def faults(docs, overlay):
    for namespace in {doc["metadata"].get("namespace") for doc, _ in pods(docs)}:
        labels = [
            one["metadata"].get("labels", {})
            for one in of_kind(docs, "Namespace")
            if one["metadata"]["name"] == namespace
        ]
        if not labels or labels[0].get("pod-security.kubernetes.io/enforce") != "restricted":
            yield f"namespace {namespace}: Pod Security is not enforced as restricted"
    for workload, template in pods(docs):
        where = name(workload)
        spec = template["spec"]
        yield from (f"{where}: {text}" for text in of_pod(spec))
        yield from (f"{where}: {text}" for text in of_workload(docs, workload, template, overlay))
        for one in containers(template):
            yield from (f"{where}: container {one['name']}: {text}" for text in of_container(one, spec, overlay))


def of_pod(spec):
    if any(spec.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")):
        yield "shares a namespace of the host"
    if spec.get("automountServiceAccountToken") is not False:
        yield "mounts the token of its service account"
    if spec.get("enableServiceLinks") is not False:
        yield "gets variables of services (enableServiceLinks)"
    if spec.get("serviceAccountName", "default") == "default":
        yield "runs as the default service account"
    spread = {one["topologyKey"] for one in spec.get("topologySpreadConstraints", [])}
    for key in ("kubernetes.io/hostname", "topology.kubernetes.io/zone"):
        if key not in spread:
            yield f"is not spread by {key}"
    for volume in spec.get("volumes", []):
        kinds = set(volume) - {"name"}
        if kinds - {"emptyDir", "secret", "configMap", "csi", "projected"}:
            yield f"volume {volume['name']} is of a kind that is not expected: {kinds}"
        if "emptyDir" in kinds and not (volume["emptyDir"] or {}).get("sizeLimit"):
            yield f"volume {volume['name']} has no sizeLimit"


def of_workload(docs, workload, template, overlay):
    spec = workload["spec"]
    rolling = spec.get("strategy", {}).get("rollingUpdate", {})
    if rolling.get("maxUnavailable") != 0:
        yield "takes pods away before new ones are ready (maxUnavailable)"
    scaled = [
        one["spec"]
        for one in of_kind(docs, "HorizontalPodAutoscaler")
        if one["spec"]["scaleTargetRef"]["name"] == workload["metadata"]["name"]
    ]
    if scaled and "replicas" in spec:
        yield "says how many pods while an autoscaler does"
    least = scaled[0].get("minReplicas", 1) if scaled else spec.get("replicas", 1)
    if overlay != "dev" and least < 2:
        yield f"runs as {least} pod"
    budgets = [
        one
        for one in of_kind(docs, "PodDisruptionBudget")
        if selects(one["spec"]["selector"], template["metadata"]["labels"])
    ]
    if len(budgets) != 1:
        yield f"has {len(budgets)} PodDisruptionBudgets"


def of_container(one, spec, overlay):
    security = {**spec.get("securityContext", {}), **one.get("securityContext", {})}
    wanted = {
        "runAsNonRoot": True,
        "runAsUser": 1001,
        "runAsGroup": 1001,
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "seccompProfile": {"type": "RuntimeDefault"},
        "capabilities": {"drop": ["ALL"]},
    }
    for key, value in wanted.items():
        if security.get(key) != value:
            yield f"{key} is {security.get(key)}, not {value}"
    if security.get("privileged"):
        yield "is privileged"
    resources = one.get("resources", {})
    for side in ("requests", "limits"):
        for what in ("cpu", "memory", "ephemeral-storage"):
            if what not in resources.get(side, {}):
                yield f"has no {what} in {side}"
    image = one["image"]
    tag = image.rpartition("/")[2].partition("@")[0].partition(":")[2]
    if "@sha256:" not in image and (overlay != "dev" or tag in ("", "latest")):
        yield f"image {image} is not pinned"
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        if probe not in one:
            yield f"has no {probe}"
    sleep = one.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    if spec.get("terminationGracePeriodSeconds", 30) <= sleep + LONGEST_END:
        yield f"may be killed while it ends (grace {spec.get('terminationGracePeriodSeconds', 30)} s)"
    for variable in one.get("env", []):
        if "secretKeyRef" in variable.get("valueFrom", {}):
            yield f"{variable['name']} holds a secret; give it in a file"
    if any("secretRef" in source for source in one.get("envFrom", [])):
        yield "takes secrets as variables; give them in files"
    volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
    for mount in one.get("volumeMounts", []):
        if "emptyDir" not in volumes.get(mount["name"], {}) and not mount.get("readOnly"):
            yield f"can write to {mount['mountPath']}"


def figure(docs):
    return f"{sum(len(containers(template)) for _, template in pods(docs))} container"
