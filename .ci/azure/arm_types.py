"""Holds every resource of the Bicep files to the tables of properties in Azure's own clients for Python.

    arm_types.py FOLDER WHEELS

For each resource: does its version have this property, may it be written, is its value of this type and one of the
allowed ones, is everything there that must be? The wheels are those of types.txt; they are read, not installed. What
no client knows is named and must be on the list here. Exit status 1 if there is a fault.
"""
import ast
import re
import sys
import zipfile
from functools import cache
from pathlib import Path

from bicep_syntax import Array, For, Literal, Name, Object, Operation, Text, read

# Type of a resource: wheel, class of what is sent. Behind an @: the client has this one version alone.
MODELS = {
    "Microsoft.Authorization/roleAssignments": ("authorization", "RoleAssignmentCreateParameters"),
    "Microsoft.Compute/diskEncryptionSets": ("compute", "DiskEncryptionSet"),
    "Microsoft.ContainerRegistry/registries": ("containerregistry", "Registry"),
    "Microsoft.ContainerService/managedClusters": ("containerservice", "ManagedCluster"),
    "Microsoft.ContainerService/managedClusters/agentPools": ("containerservice", "AgentPool"),
    "Microsoft.ContainerService/managedClusters/maintenanceConfigurations": ("containerservice", "MaintenanceConfiguration"),
    "Microsoft.Insights/components": ("applicationinsights", "ApplicationInsightsComponent"),
    "Microsoft.Insights/dataCollectionEndpoints": ("monitor", "DataCollectionEndpointResource"),
    "Microsoft.Insights/dataCollectionRuleAssociations": ("monitor", "DataCollectionRuleAssociationProxyOnlyResource"),
    "Microsoft.Insights/dataCollectionRules": ("monitor", "DataCollectionRuleResource"),
    "Microsoft.Insights/diagnosticSettings": ("monitor", "DiagnosticSettingsResource"),
    "Microsoft.KeyVault/vaults": ("keyvault", "VaultCreateOrUpdateParameters"),
    "Microsoft.KeyVault/vaults/keys": ("keyvault", "KeyCreateParameters"),
    "Microsoft.ManagedIdentity/userAssignedIdentities": ("msi", "Identity"),
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials": ("msi", "FederatedIdentityCredential"),
    "Microsoft.Network/networkSecurityGroups": ("network@2024-01-01", "NetworkSecurityGroup"),
    "Microsoft.Network/privateDnsZones": ("privatedns@2020-06-01", "PrivateZone"),
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks": ("privatedns@2020-06-01", "VirtualNetworkLink"),
    "Microsoft.Network/privateEndpoints": ("network@2024-01-01", "PrivateEndpoint"),
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups": ("network@2024-01-01", "PrivateDnsZoneGroup"),
    "Microsoft.Network/virtualNetworks": ("network@2024-01-01", "VirtualNetwork"),
    "Microsoft.Network/virtualNetworks/subnets": ("network@2024-01-01", "Subnet"),
    "Microsoft.OperationalInsights/workspaces": ("loganalytics@2022-10-01", "Workspace"),
    "Microsoft.Storage/storageAccounts": ("storage", "StorageAccountCreateParameters"),
    "Microsoft.Storage/storageAccounts/blobServices": ("storage", "BlobServiceProperties"),
    "Microsoft.Storage/storageAccounts/blobServices/containers": ("storage", "BlobContainer"),
    "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies": ("storage", "ImmutabilityPolicy"),
    "Microsoft.Storage/storageAccounts/managementPolicies": ("storage", "ManagementPolicy"),
    "Microsoft.Web/serverfarms": ("web", "AppServicePlan"),
    "Microsoft.Web/sites": ("web", "Site"),
    "Microsoft.Web/sites/basicPublishingCredentialsPolicies": ("web", "CsmPublishingCredentialsPoliciesEntity"),
    "Microsoft.Web/sites/config": ("web", "StringDictionary"),
}
# In none of the clients; read by eye against the published types.
IN_NO_CLIENT = {"Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01", "Microsoft.Monitor/accounts@2023-04-03"}
# Lists of values that Azure has more of than its clients know: streams of extensions and of Prometheus.
OPEN = {"KnownDataFlowStreams", "KnownExtensionDataSourceStreams", "KnownPrometheusForwarderDataSourceStreams"}
# Said by Bicep itself.
OF_BICEP = {"name", "parent", "scope", "dependsOn"}


class Leaf:
    def __init__(self, kind, readonly, required, values):
        self.kind, self.readonly, self.required, self.values = kind, readonly, required, values


class Client:
    """The models of one client in one version."""

    def __init__(self, wheel, folder):
        self.models, self.enums = {}, {}
        with zipfile.ZipFile(wheel) as pack:
            names = [n for n in pack.namelist() if n.startswith(folder + "/models/")]
            models = [n for n in names if re.search(r"/_models(_py3)?\.py$", n)]
            if not models:
                raise LookupError
            for name in models:
                for node in ast.parse(pack.read(name)).body:
                    if isinstance(node, ast.ClassDef):
                        self.models[node.name] = node
            for name in names:
                if name.endswith("_enums.py"):
                    for node in ast.parse(pack.read(name)).body:
                        if isinstance(node, ast.ClassDef):
                            self.enums[node.name] = {s.value.value for s in node.body if isinstance(s, ast.Assign) and isinstance(s.value, ast.Constant)}

    @cache
    def tree(self, name):
        """The properties of a model: nested dicts of Leaf, or None if there is no such model."""
        node = self.models.get(name)
        if node is None:
            return None
        found = {}
        for base in node.bases:
            inherited = self.tree(base.id) if isinstance(base, ast.Name) else None
            if inherited:
                merge(found, inherited)
        tables = {s.targets[0].id: ast.literal_eval(s.value) for s in node.body if isinstance(s, ast.Assign)
                  and isinstance(s.targets[0], ast.Name) and s.targets[0].id in ("_attribute_map", "_validation")}
        said = ast.get_docstring(node) or ""
        for attribute, row in tables.get("_attribute_map", {}).items():
            rule = tables.get("_validation", {}).get(attribute, {})
            enum = re.search(rf":vartype {attribute}:\s+(?:str or|list\[str or)\s+~[\w.]+\.models\.(\w+)", said)
            leaf = Leaf(row["type"], rule.get("readonly", False), rule.get("required", False) and not rule.get("constant", False),
                        self.enums.get(enum.group(1)) if enum and enum.group(1) not in OPEN else None)
            *way, last = [p.replace("\\.", ".") for p in re.split(r"(?<!\\)\.", row["key"])]
            at = found
            for step in way:
                at = at.setdefault(step, {})
            at[last] = leaf
        return found


def merge(into, other):
    for key, value in other.items():
        if isinstance(value, dict):
            merge(into.setdefault(key, {}), value)
        else:
            into[key] = value


@cache
def client(wheels, name, version):
    wheel = next(wheels.glob(f"azure_mgmt_{name}-*.whl"), None)
    if wheel is None:
        sys.exit(f"no wheel of azure-mgmt-{name} in {wheels}")
    folder = f"azure/mgmt/{name}"
    try:
        return Client(wheel, folder if version is None else f"{folder}/v{version.replace('-', '_')}")
    except LookupError:
        return None


class Check:
    def __init__(self, wheels):
        self.wheels, self.faults, self.seen, self.unknown = Path(wheels), [], 0, []

    def resource(self, file, d, variables):
        kind, _, version = d.type.partition("@")
        if d.existing:
            return
        if kind not in MODELS:
            where = self.unknown if d.type in IN_NO_CLIENT else self.faults
            where.append(f"{file.path}:{d.line}: {d.type} is in no client that is read here")
            return
        name, model = MODELS[kind]
        name, _, only = name.partition("@")
        if only and only != version:
            self.faults.append(f"{file.path}:{d.line}: {d.type}: the client knows {only}")
            return
        models = client(self.wheels, name, None if only else version)
        if models is None:
            self.faults.append(f"{file.path}:{d.line}: {kind} has no version {version}")
            return
        tree = models.tree(model)
        if tree is None:
            sys.exit(f"azure-mgmt-{name} {version} has no {model}")
        self.seen += 1
        body = d.value.body if isinstance(d.value, For) else d.value
        plain = Object([i for i in body.items if i[0] not in OF_BICEP], body.line)
        self.fits(file, models, tree, plain, d.name, variables)

    def fits(self, file, client, tree, value, way, variables):
        """A value against a dict of properties, or against a leaf."""
        if isinstance(value, Operation) and value.sign == "?:":
            for one in value.operands[1:]:
                self.fits(file, client, tree, one, way, variables)
            return
        if isinstance(value, Name) and value.name in variables:
            self.fits(file, client, tree, variables[value.name], way, variables)
            return
        if isinstance(value, Literal) and value.value is None:
            return
        if isinstance(tree, Leaf):
            self.leaf(file, client, tree, value, way, variables)
            return
        if not isinstance(value, Object):
            if isinstance(value, (Text, Literal, Array)):
                self.say(file, value, way, "is an object")
            return
        for key, inner, line in value.items:
            if not isinstance(key, str) or key not in tree:
                self.faults.append(f"{file.path}:{line}: {way}: there is no property {key if isinstance(key, str) else '${…}'}")
            else:
                self.fits(file, client, tree[key], inner, f"{way}.{key}", variables)
        for key, row in tree.items():
            if isinstance(row, Leaf) and row.required and not row.readonly and value.get(key) is None:
                self.faults.append(f"{file.path}:{value.line}: {way}: {key} must be given")

    def leaf(self, file, client, leaf, value, way, variables):
        kind = leaf.kind
        if leaf.readonly:
            self.say(file, value, way, "cannot be written")
        elif kind.startswith("["):
            if isinstance(value, For):
                self.fits(file, client, self.inside(client, kind, leaf), value.body, way + "[]", variables)
            elif isinstance(value, Array):
                for one in value.items:
                    self.fits(file, client, self.inside(client, kind, leaf), one, way + "[]", variables)
            elif isinstance(value, (Text, Literal, Object)):
                self.say(file, value, way, "is a list")
        elif kind.startswith("{"):
            if isinstance(value, Object):
                for _, inner, _ in value.items:
                    self.fits(file, client, self.inside(client, kind, leaf), inner, way + "{}", variables)
            elif isinstance(value, (Text, Literal, Array)):
                self.say(file, value, way, "is an object")
        elif client.tree(kind) is not None:
            self.fits(file, client, client.tree(kind), value, way, variables)
        elif isinstance(value, (Object, Array)) and kind not in ("object", "JSON"):
            self.say(file, value, way, f"is {kind}")
        elif isinstance(value, Literal):
            if (isinstance(value.value, bool) and kind != "bool") or (type(value.value) is int and kind not in ("int", "float", "long")):
                self.say(file, value, way, f"is {kind}")
        elif isinstance(value, Text):
            if kind in ("bool", "int", "float", "long"):
                self.say(file, value, way, f"is {kind}")
            elif leaf.values and value.literal is not None and value.literal not in leaf.values:
                self.say(file, value, way, f"may not be {value.literal}; allowed are {', '.join(sorted(leaf.values))}")

    @staticmethod
    def inside(client, kind, leaf):
        inner = kind[1:-1]
        model = client.tree(inner)
        return model if model is not None else Leaf(inner, False, False, leaf.values)

    def say(self, file, value, way, what):
        self.faults.append(f"{file.path}:{getattr(value, 'line', '?')}: {way} {what}")


    def folder(self, folder):
        for path in sorted(Path(folder).rglob("*.bicep")):
            file = read(path)
            variables = {n: d.value for n, d in file.of("var").items() if isinstance(d.value, (Object, Array))}
            for d in file.of("resource").values():
                self.resource(file, d, variables)
        return self.faults


def main():
    check = Check(sys.argv[2])
    check.folder(sys.argv[1])
    for line in check.faults + check.unknown:
        print(line)
    print(f"{check.seen} resources held to the clients, {len(check.unknown)} unknown to them, {len(check.faults)} faults")
    sys.exit(1 if check.faults else 0)


if __name__ == "__main__":
    main()
