"""Holds the Bicep files of a folder together: names, modules, outputs, parameters, roles, settings of the service.

    consistency.py FOLDER [SETTINGS.md]

FOLDER has main.bicep, modules/ and parameters/; SETTINGS.md is docs/CONFIGURATION.md. It is no compiler: bicep build
finds more. One line for each fault, FILE:LINE: what; exit status 1 if there is one.
"""
import re
import sys
from pathlib import Path

from bicep_syntax import Array, Call, Fault, For, Literal, Member, Name, Object, Operation, Text, parts, read, walk

# Roles that are built into Azure, by name. A GUID that is none of them is a fault, and so is a name beside the wrong one.
ROLES = {
    "AcrPull": "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "Key Vault Certificate User": "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
    "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
    "Key Vault Secrets Officer": "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
    "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
    "Monitoring Metrics Publisher": "3913510d-42f4-4e42-8a64-420c390055eb",
    "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "Reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
}
GUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
FUNCTIONS = {"contains", "empty", "environment", "guid", "loadYamlContent", "readEnvironmentVariable", "resourceGroup",
             "subscription", "subscriptionResourceId", "toUpper", "union"}
TYPES = {"string", "int", "bool", "object", "array"}
# Of App Service itself; every other setting of the site must be one of ours.
PLATFORM_SETTINGS = {"WEBSITES_PORT", "WEBSITES_ENABLE_APP_SERVICE_STORAGE", "WEBSITES_CONTAINER_STOP_TIME_LIMIT"}


class Check:
    def __init__(self, folder, settings):
        self.folder, self.settings, self.faults, self.files = Path(folder), settings, [], {}

    def fault(self, file, line, what):
        self.faults.append(f"{file.path}:{line}: {what}")

    def load(self, path):
        path = path.resolve()
        if path not in self.files:
            self.files[path] = read(path)
        return self.files[path]

    def run(self):
        for path in sorted(self.folder.rglob("*.bicep")) + sorted(self.folder.rglob("*.bicepparam")):
            try:
                self.load(path)
            except Fault as fault:
                self.faults.append(str(fault))
        if not self.faults:
            for path, file in list(self.files.items()):
                (self.parameters if path.suffix == ".bicepparam" else self.template)(path, file)
            self.unreached()
            self.cluster()
        return self.faults

    def template(self, path, file):
        seen = {}
        for d in file.declarations:
            if d.kind != "output" and d.name in seen:
                self.fault(file, d.line, f"{d.name} is declared twice")
            elif d.kind != "output":
                seen[d.name] = d
            if d.kind in ("param", "output") and d.type not in TYPES:
                self.fault(file, d.line, f"{d.name} has the type {d.type}, which is none")
        symbols, used, needs = seen, set(), {}
        for d in file.declarations:
            # An output may have the name of something else.
            asks = set() if d.kind == "output" else needs.setdefault(d.name, set())
            for value in (d.value, d.condition):
                if value is not None:
                    self.names(path, file, value, symbols, {}, used, asks)
            if d.kind == "module":
                self.module(path, file, d, symbols)
            if d.kind == "resource":
                self.resource(file, d)
            if d.kind == "param" and d.value is not None:
                self.fits(file, d, d.value, d.line, symbols)
        for d in file.declarations:
            if d.kind in ("param", "var") and d.name not in used:
                self.fault(file, d.line, f"{d.kind} {d.name} is not used")
        self.circles(file, needs)
        self.roles(path, file)
        self.site_settings(file)

    def names(self, path, file, value, symbols, local, used, needs):
        """Every name that is used is declared; every output that is asked of a module is there."""
        if isinstance(value, For):
            self.names(path, file, value.over, symbols, local, used, needs)
            local = {**local, value.item: None, **({value.index: None} if value.index else {})}
            for inner in (value.condition, value.body):
                if inner is not None:
                    self.names(path, file, inner, symbols, local, used, needs)
            return
        if isinstance(value, Name):
            if value.name in local:
                return
            used.add(value.name)
            needs.add(value.name)
            if value.name not in symbols:
                self.fault(file, value.line, f"{value.name} is not declared")
            return
        if isinstance(value, Call) and value.of is None and value.name not in FUNCTIONS:
            self.fault(file, value.line, f"the function {value.name} is not known here")
        if isinstance(value, Call) and value.name == "loadYamlContent" and not (path.parent / value.arguments[0].literal).is_file():
            self.fault(file, value.line, f"there is no file {value.arguments[0].literal}")
        if isinstance(value, Member):
            of = value.of
            if isinstance(of, Member) and of.name == "outputs" and isinstance(of.of, Name):
                module = symbols.get(of.of.name)
                if module is not None and module.kind == "module":
                    target = self.of_module(path, file, module)
                    if target is not None and value.name not in target.of("output"):
                        self.fault(file, value.line, f"{module.type} has no output {value.name}")
            if isinstance(of, Name) and of.name in symbols and of.name not in local:
                kind = symbols[of.name].kind
                allowed = {"module": {"outputs", "name"}, "resource": {"id", "name", "type", "location", "properties", "identity", "sku", "tags"}}.get(kind)
                if allowed is not None and value.name not in allowed:
                    self.fault(file, value.line, f"{of.name} is a {kind} and has no {value.name}")
        for inner in parts(value):
            self.names(path, file, inner, symbols, local, used, needs)

    def of_module(self, path, file, module):
        target = (path.parent / module.type).resolve()
        if not target.is_file():
            self.fault(file, module.line, f"there is no file {module.type}")
            return None
        return self.load(target)

    def module(self, path, file, module, symbols):
        target = self.of_module(path, file, module)
        if target is None:
            return
        body = module.value.body if isinstance(module.value, For) else module.value
        given = body.get("params")
        given = {} if given is None else {k: (v, line) for k, v, line in given.items}
        declared = target.of("param")
        for name, (_, line) in given.items():
            if name not in declared:
                self.fault(file, line, f"{module.type} has no parameter {name}")
        for name, d in declared.items():
            if name not in given:
                if d.value is None:
                    self.fault(file, module.line, f"{module.name}: the parameter {name} of {module.type} is not given")
            else:
                self.fits(file, d, given[name][0], given[name][1], symbols)

    def kind_of(self, value, symbols):
        """The type of a value, where it can be told."""
        if isinstance(value, Text):
            return "string"
        if isinstance(value, Literal):
            return {bool: "bool", int: "int"}.get(type(value.value))
        if isinstance(value, Object):
            return "object"
        if isinstance(value, (Array, For)):
            return "array"
        if isinstance(value, Name) and value.name in symbols:
            d = symbols[value.name]
            return d.type if d.kind == "param" else self.kind_of(d.value, symbols) if d.kind == "var" else None
        if isinstance(value, Operation):
            if value.sign == "?:":
                one, other = (self.kind_of(v, symbols) for v in value.operands[1:])
                return one if one == other else None
            if value.sign in ("!", "&&", "||", "==", "!=", "<", "<=", ">", ">="):
                return "bool"
        return None

    def fits(self, file, declared, value, line, symbols):
        kind = self.kind_of(value, symbols)
        if kind is not None and kind != declared.type:
            self.fault(file, line, f"{declared.name} is a {declared.type}, and {kind} is given")
            return
        plain = value.literal if isinstance(value, Text) else value.value if isinstance(value, Literal) else None
        if plain is None or isinstance(plain, bool):
            return
        for decorator in declared.decorators:
            limit = decorator.arguments[0] if decorator.arguments else None
            if decorator.name == "allowed":
                allowed = [i.literal if isinstance(i, Text) else i.value for i in limit.items]
                if plain not in allowed:
                    self.fault(file, line, f"{declared.name} may not be {plain!r}; allowed are {', '.join(map(str, allowed))}")
            elif decorator.name in ("minLength", "maxLength", "minValue", "maxValue"):
                # An empty text in a file of parameters is to be filled in; deploy.sh asks for it.
                size = len(plain) if decorator.name.endswith("Length") else plain
                if (size < limit.value) if decorator.name.startswith("min") else (size > limit.value):
                    self.fault(file, line, f"{declared.name} breaks @{decorator.name}({limit.value})")

    def parameters(self, path, file):
        target = (path.parent / (file.using or "")).resolve()
        if not target.is_file():
            self.fault(file, 1, f"using names no file: {file.using}")
            return
        declared, given = self.load(target).of("param"), file.of("param")
        for d in file.declarations:
            if d.kind == "param" and d.name not in declared:
                self.fault(file, d.line, f"{file.using} has no parameter {d.name}")
            elif d.kind == "param":
                self.fits(file, declared[d.name], d.value, d.line, {})
            used = set()
            self.names(path, file, d.value, {}, {}, used, set())
        for name, d in declared.items():
            if d.value is None and name not in given:
                self.fault(file, 1, f"the parameter {name} of {file.using} is not given")
        self.production(file, declared, given)

    def production(self, file, declared, given):
        """What a file of parameters for production may not loosen."""
        def plain(name):
            value = given[name].value if name in given else declared[name].value if name in declared else None
            return value.literal if isinstance(value, Text) else value.value if isinstance(value, Literal) else value

        if plain("clinicalEnvironment") != "production":
            return
        for name in ("operatorAddresses", "clientAddresses"):
            value = plain(name)
            if not isinstance(value, Array) or value.items:
                self.fault(file, 1, f"production has no public side, and {name} is not empty")
        if plain("zoneRedundant") is not True:
            self.fault(file, 1, "production stands in several zones, and zoneRedundant is not true")
        days = plain("auditRetentionDays")
        if not isinstance(days, int) or days < 2192:
            self.fault(file, 1, "production keeps its audit for six years, and auditRetentionDays is less than 2192")

    def resource(self, file, d):
        if not re.match(r"^[A-Za-z]+\.[A-Za-z]+(/[A-Za-z]+)+@20\d\d-\d\d-\d\d(-preview)?$", d.type or ""):
            self.fault(file, d.line, f"{d.name}: {d.type} is no type with a version")
        body = d.value.body if isinstance(d.value, For) else d.value
        if not isinstance(body, Object) or body.get("name") is None:
            self.fault(file, d.line, f"{d.name} has no name")
        # A child names its parent; a role and a diagnostic setting say of what they are.
        kind = (d.type or "@").split("@")[0]
        if kind.count("/") > 1 and body.get("parent") is None:
            self.fault(file, d.line, f"{d.name} is a child and names no parent")
        if kind in ("Microsoft.Authorization/roleAssignments", "Microsoft.Insights/diagnosticSettings") and body.get("scope") is None:
            self.fault(file, d.line, f"{d.name} has no scope and would hold for the whole resource group")

    def circles(self, file, needs):
        done, way = set(), []

        def visit(name):
            if name in way:
                self.fault(file, 1, "a circle: " + " > ".join(way[way.index(name):] + [name]))
                return
            if name in done or name not in needs:
                return
            way.append(name)
            for other in sorted(needs[name]):
                visit(other)
            way.pop()
            done.add(name)

        for name in needs:
            visit(name)

    def roles(self, path, file):
        text = path.read_text(encoding="utf-8").splitlines()
        known = {guid: name for name, guid in ROLES.items()}
        for d in file.declarations:
            if d.kind == "var" and d.name.endswith("Role"):
                guid = d.value.literal if isinstance(d.value, Text) else None
                if guid is None or not GUID.match(guid):
                    self.fault(file, d.line, f"{d.name} is no GUID")
                elif guid not in known:
                    self.fault(file, d.line, f"{d.name} is none of the roles that are known here")
                elif text[d.line - 2].strip() != f"// {known[guid]}":
                    self.fault(file, d.line, f"{d.name} is {known[guid]}, and the line above says otherwise")
            for value in walk(d.value) if d.value is not None else []:
                if isinstance(value, Call) and value.name == "subscriptionResourceId":
                    role = value.arguments[1]
                    if not (isinstance(role, Name) and role.name.endswith("Role")):
                        self.fault(file, value.line, "a role is named by a variable that ends in Role")

    def site_settings(self, file):
        """What the site passes to the service are settings of the service."""
        if self.settings is None:
            return
        for d in file.declarations:
            for value in walk(d.value) if d.value is not None else []:
                if isinstance(value, Object):
                    for key, _, line in value.items:
                        if isinstance(key, str) and re.match(r"^[A-Z][A-Z0-9]*_[A-Z0-9_]+$", key) and key not in PLATFORM_SETTINGS | self.settings:
                            self.fault(file, line, f"{key} is no setting of the service")

    def cluster(self):
        """deploy/kubernetes, where it is, means the same accounts and the same secrets."""
        there = self.folder.parent / "kubernetes"
        if not there.is_dir():
            print("not run: agreement with deploy/kubernetes (it is not there)")
            return
        main, site = (self.load(self.folder / name) for name in ("main.bicep", "modules/app-service.bicep"))

        def text(name):
            return (there / name).read_text(encoding="utf-8")

        for parameter, name, form in (("serviceNamespace", "base/kustomization.yaml", r"^namespace: {}$"),
                                      ("serviceAccount", "base/serviceaccount.yaml", r"^  name: {}$"),
                                      ("gatewayNamespace", "overlays/aks/gateway.yaml", r"^  namespace: {}$"),
                                      ("gatewayAccount", "overlays/aks/gateway.yaml", r"^  name: {}$")):
            d = main.of("param")[parameter]
            if not re.search(form.format(re.escape(d.value.literal)), text(name), re.M):
                self.fault(main, d.line, f"{parameter} is {d.value.literal}, and {name} knows no such name")
        mounted = set(re.findall(r"objectName: (\S+)", text("overlays/aks/secretproviderclass.yaml")))
        known = {m for d in site.of("var").values() for v in walk(d.value) if isinstance(v, Text)
                 for p in v.parts if isinstance(p, str) for m in re.findall(r"secrets/([a-z-]+)/", p)}
        for name in sorted(mounted - known):
            self.fault(site, 1, f"deploy/kubernetes reads the secret {name}, which the site calls otherwise")

    def unreached(self):
        """Every module is used by somebody."""
        reached, ways = set(), [(self.folder / "main.bicep").resolve()]
        while ways:
            path = ways.pop()
            if path not in reached and path in self.files:
                reached.add(path)
                ways += [(path.parent / d.type).resolve() for d in self.files[path].declarations if d.kind == "module"]
        for path, file in self.files.items():
            if path.suffix == ".bicep" and path not in reached:
                self.fault(file, 1, "no template uses this file")


def settings_of(path):
    """The names in the tables of the page of settings, with NAME_FILE for each."""
    names = set()
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            names |= set(re.findall(r"`([A-Z][A-Z0-9_]+)`", line.split("|")[1]))
    if not names:
        sys.exit(f"{path} names no setting")
    return names | {f"{name}_FILE" for name in names}


def main():
    check = Check(sys.argv[1], settings_of(sys.argv[2]) if len(sys.argv) > 2 else None)
    faults = check.run()
    for fault in faults:
        print(fault)
    files = check.files.values()
    print(f"{len(files)} files, {sum(len(f.of('resource')) for f in files)} resources, "
          f"{sum(len(f.of('module')) for f in files)} module calls, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
