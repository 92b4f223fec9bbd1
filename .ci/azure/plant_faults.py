"""Puts faults into a copy of the Bicep files, one at a time, and fails if one of them is not found for what it is.

    plant_faults.py FOLDER SETTINGS.md WHEELS

Each fault: which checker, file, what stands there, what is put in its place, and what the checker must say.
"""
import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

import arm_types
import consistency

NAMES, TYPES = "consistency", "arm_types"
FAULTS = [
    (NAMES, "main.bicep", "    untaggedDays: untaggedDays\n", "    untaggedDay: untaggedDays\n", "registry.bicep has no parameter untaggedDay"),
    (NAMES, "main.bicep", "    untaggedDays: untaggedDays\n", "", "the parameter untaggedDays of modules/registry.bicep is not given"),
    (NAMES, "main.bicep", "network.outputs.nodesSubnetId", "network.outputs.nodeSubnetId", "network.bicep has no output nodeSubnetId"),
    (NAMES, "main.bicep", "vaultName: vault.outputs.name", "vaultName: valt.outputs.name", "valt is not declared"),
    (NAMES, "main.bicep", "    untaggedDays: untaggedDays\n", "    untaggedDays: location\n", "untaggedDays is a int, and string is given"),
    (NAMES, "main.bicep", "'modules/logs.bicep'", "'modules/log.bicep'", "there is no file modules/log.bicep"),
    (NAMES, "main.bicep", "param zoneRedundant bool = true", "param zoneRedundant bool = 'true'", "zoneRedundant is a bool, and string is given"),
    (NAMES, "main.bicep", "var base = 'clinical-notes-${environmentName}'", "var base = 'clinical-notes-${environmentName}-${networkName}'", "a circle"),
    (NAMES, "main.bicep", "param untaggedDays int = 30", "param untaggedDays int = 30\n\nparam spare string = ''", "param spare is not used"),
    (NAMES, "main.bicep", "  dependsOn: [\n    registry\n  ]", "  dependsOn: [\n    registri\n  ]", "registri is not declared"),
    (NAMES, "modules/registry.bicep", "7f951dda-4ed3", "7f951dda-4ed", "pullRole is no GUID"),
    (NAMES, "modules/registry.bicep", "7f951dda-4ed3-4680-a7ca-43fe172d538d", "acdd72a7-3385-48ef-bd42-f606fba81ae7", "pullRole is Reader"),
    (NAMES, "modules/registry.bicep", "  scope: registry\n  properties: {\n    principalId", "  properties: {\n    principalId", "pulls has no scope"),
    (NAMES, "modules/registry.bicep", "@2023-07-01'", "'", "is no type with a version"),
    (NAMES, "modules/registry.bicep", "registry.properties.loginServer", "registry.propertys.loginServer", "registry is a resource and has no propertys"),
    (NAMES, "modules/registry.bicep", "  sku: {", "  sku {", "':' expected"),
    (NAMES, "modules/app-service.bicep", "CLINICAL_AUDIT_SINKS:", "CLINICAL_AUDIT_SINK:", "CLINICAL_AUDIT_SINK is no setting of the service"),
    (NAMES, "modules/disk-encryption.bicep", "  parent: vault\n", "", "key is a child and names no parent"),
    (NAMES, "modules/audit-archive.bicep", "output name string = account.name", "output name text = account.name", "has the type text"),
    (NAMES, "parameters/prod.bicepparam", "param target = 'aks'", "param target = 'vm'", "target may not be 'vm'"),
    (NAMES, "parameters/prod.bicepparam", "param target = 'aks'\n", "", "the parameter target of ../main.bicep is not given"),
    (NAMES, "parameters/prod.bicepparam", "param vaultName", "param valtName", "has no parameter valtName"),
    (NAMES, "parameters/prod.bicepparam", "'kv-clinical-notes-prod'", "'kv-clinical-notes-production'", "vaultName breaks @maxLength(24)"),
    (NAMES, "parameters/prod.bicepparam", "param auditRetentionDays = 2192", "param auditRetentionDays = 0", "auditRetentionDays breaks @minValue(1)"),
    (NAMES, "parameters/prod.bicepparam", "param auditRetentionDays = 2192", "param auditRetentionDays = 365", "production keeps its audit for six years"),
    (NAMES, "parameters/prod.bicepparam", "param zoneRedundant = true", "param operatorAddresses = ['203.0.113.10/32']", "production has no public side"),
    (NAMES, "modules/alerts.bicep", "monitoring/rules.yml", "monitoring/rates.yml", "there is no file ../../../docker/monitoring/rates.yml"),
    (TYPES, "modules/registry.bicep", "adminUserEnabled: false", "adminUserEnabld: false", "there is no property adminUserEnabld"),
    (TYPES, "modules/registry.bicep", "adminUserEnabled: false", "adminUserEnabled: 'false'", "adminUserEnabled is bool"),
    (TYPES, "modules/registry.bicep", "quarantine ? 'enabled' : 'disabled'", "quarantine ? 'enable' : 'disabled'", "status may not be enable"),
    (TYPES, "modules/registry.bicep", "registries@2023-07-01' = {", "registries@2023-07-02' = {", "has no version 2023-07-02"),
    (TYPES, "modules/registry.bicep", "    adminUserEnabled: false\n", "    adminUserEnabled: false\n    loginServer: 'x'\n", "loginServer cannot be written"),
    (TYPES, "modules/registry.bicep", "ContainerRegistry/registries@2023-07-01' = {", "ContainerRegistry/registry@2023-07-01' = {", "is in no client"),
    (TYPES, "modules/registry.bicep", "  sku: {\n    name: 'Premium'\n  }\n", "", "sku must be given"),
    (TYPES, "modules/network.bicep", "    access: 'Deny'\n    protocol: '*'\n    sourceAddressPrefix: 'Internet'", "    access: 'Refuse'\n    protocol: '*'\n    sourceAddressPrefix: 'Internet'", "access may not be Refuse"),
    (TYPES, "modules/aks.bicep", "      networkPolicy: 'cilium'", "      networkPolicies: 'cilium'", "there is no property networkPolicies"),
    (TYPES, "modules/key-vault.bicep", "      ipRules: [for address in operatorAddresses: {\n        value: address", "      ipRules: [for address in operatorAddresses: {\n        address: address", "there is no property address"),
]


def said(checker, folder, settings, wheels):
    if checker == NAMES:
        # What it says besides is of no interest here.
        with contextlib.redirect_stdout(io.StringIO()):
            return consistency.Check(folder, settings).run()
    return arm_types.Check(wheels).folder(folder)


def main():
    source, wheels = Path(sys.argv[1]), sys.argv[3]
    settings = consistency.settings_of(sys.argv[2])
    missed = 0
    for checker, name, there, instead, must_say in FAULTS:
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work) / "deploy/azure"
            shutil.copytree(source, folder)
            # What the templates read besides.
            shutil.copytree(source / "../../docker/monitoring", Path(work) / "docker/monitoring")
            text = (folder / name).read_text(encoding="utf-8")
            if there not in text:
                sys.exit(f"FAIL: {name} has no {there!r} to put a fault in")
            (folder / name).write_text(text.replace(there, instead, 1), encoding="utf-8")
            faults = said(checker, folder, settings, wheels)
            if not any(must_say in fault for fault in faults):
                missed += 1
                print(f"FAIL: not found by {checker}: {instead.strip()!r} in {name}; it said {faults[:3]}")
    print(f"planted faults: {len(FAULTS) - missed} of {len(FAULTS)} found")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
