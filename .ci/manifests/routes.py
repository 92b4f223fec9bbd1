"""Probes, scrapes and the way in, against the routes that the service has (docs/API.md, docs/openapi.json)."""

import json
import re

from load import ROOT, containers, name, of_kind, pods
from settings import environment

OPENAPI = json.loads((ROOT / "docs/openapi.json").read_text())["paths"]
TABLE = (ROOT / "docs/API.md").read_text().partition("<!-- routes -->")[2].partition("<!-- /routes -->")[0]
ROUTES = set(re.findall(r"^\| [A-Z]+ `(\S+)`", TABLE, re.M))


def faults(docs):
    if "/metrics" not in ROUTES or len(ROUTES) < 20:
        yield "docs/API.md has no table of routes"
    for workload, template in pods(docs):
        for one in containers(template):
            given = environment(docs, one)
            for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
                yield from (
                    f"{name(workload)}: {kind}: {text}"
                    for text in of_probe(kind, one.get(kind, {}).get("httpGet"), one, given)
                )
            for monitor in of_kind(docs, "ServiceMonitor"):
                for endpoint in monitor["spec"]["endpoints"]:
                    if endpoint.get("path") not in ROUTES or endpoint.get("scheme") != scheme(given):
                        wrong = f"{endpoint.get('scheme')} {endpoint.get('path')}"
                        yield f"{name(monitor)}: {wrong} is nothing that the service has"
    ports = {port["name"]: port["port"] for service in of_kind(docs, "Service") for port in service["spec"]["ports"]}
    for monitor in of_kind(docs, "ServiceMonitor"):
        if any(endpoint["port"] not in ports for endpoint in monitor["spec"]["endpoints"]):
            yield f"{name(monitor)}: the Service has no such port"
    for way in of_kind(docs, "Ingress", "HTTPRoute"):
        yield from (f"{name(way)}: {text}" for text in of_way(way, ports))


def scheme(given):
    return "https" if given.get("TLS_CERT") else "http"


def of_probe(kind, get, container, given):
    wanted = {"startupProbe": "startup", "livenessProbe": "live", "readinessProbe": "ready"}[kind]
    if not get:
        yield "asks nothing over HTTP"
        return
    if get["path"] not in OPENAPI or not get["path"].endswith(f"/health/{wanted}"):
        yield f"{get['path']} is not the route for it"
    if get.get("scheme", "HTTP").lower() != scheme(given):
        yield "speaks another scheme than the service"
    hosts = [header["value"] for header in get.get("httpHeaders", []) if header["name"].lower() == "host"]
    if hosts != ["localhost"]:
        yield "sends a Host that the service does not know"
    ports = {one["name"]: one["containerPort"] for one in container.get("ports", [])}
    if str(ports.get(get["port"], get["port"])) != given.get("CLINICAL_PORT"):
        yield "asks another port than the service's"


def of_way(way, ports):
    rules = way["spec"]["rules"]
    if any("filters" in rule for rule in rules):
        # A redirect leads nowhere else.
        return
    if way["kind"] == "Ingress":
        if not way["spec"].get("tls"):
            yield "has no TLS"
        paths = [
            (one["pathType"] == "Exact", one["path"], one["backend"]["service"]["port"].get("name"))
            for rule in rules
            for one in rule["http"]["paths"]
        ]
        if any(port not in ports for _, _, port in paths):
            yield "the Service has no such port"
    else:
        paths = [
            (one["path"]["type"] == "Exact", one["path"]["value"], None) for rule in rules for one in rule["matches"]
        ]
        if any(backend["port"] not in ports.values() for rule in rules for backend in rule["backendRefs"]):
            yield "the Service has no such port"
    for route in sorted(ROUTES):
        concrete = re.sub(r"\{[a-z]+\}", "x", route)
        # A prefix counts by whole parts of a path.
        led = any(
            concrete == path
            if exact
            else path == "/" or concrete == path or concrete.startswith(path.rstrip("/") + "/")
            for exact, path, _ in paths
        )
        if led != (route != "/metrics"):
            yield f"{route} is {'' if led else 'not '}led in"


def figure(docs):
    return f"{len(ROUTES)} routes of docs/API.md"
