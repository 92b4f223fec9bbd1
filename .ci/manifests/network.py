"""Who may call whom: nobody nothing, but for what is named with its port."""

import ipaddress

from load import name, of_kind, pods

# Addresses that give the secrets of a node to who asks.
NEVER = ["169.254.169.254", "168.63.129.16"]


def faults(docs):
    policies = of_kind(docs, "NetworkPolicy")
    for namespace in {doc["metadata"].get("namespace") for doc, _ in pods(docs)}:
        if not any(denies_all(one) for one in policies if one["metadata"].get("namespace") == namespace):
            yield f"namespace {namespace} has no policy that denies by default"
    for policy in policies:
        spec = policy["spec"]
        for way, peers in (("ingress", "from"), ("egress", "to")):
            for rule in spec.get(way, []):
                if not rule.get(peers) or not rule.get("ports"):
                    yield f"{name(policy)}: {way} for everybody, or to every port"
                for peer in rule.get(peers) or []:
                    yield from (f"{name(policy)}: {text}" for text in of_peer(peer))
            if spec.get(way) and way.capitalize() not in spec.get("policyTypes", []):
                yield f"{name(policy)}: {way} is not among its policyTypes"


def denies_all(policy):
    spec = policy["spec"]
    return (
        spec["podSelector"] == {}
        and set(spec["policyTypes"]) == {"Ingress", "Egress"}
        and not spec.get("ingress")
        and not spec.get("egress")
    )


def of_peer(peer):
    if peer.get("namespaceSelector") == {} or (peer.get("podSelector") == {} and "namespaceSelector" not in peer):
        yield "a selector takes everything"
    block = peer.get("ipBlock")
    for address in map(ipaddress.ip_address, NEVER if block else []):
        if address in ipaddress.ip_network(block["cidr"]) and not any(
            address in ipaddress.ip_network(one) for one in block.get("except", [])
        ):
            yield f"{address} can be reached"


def figure(docs):
    return f"{len(of_kind(docs, 'NetworkPolicy'))} policies"
