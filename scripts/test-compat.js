// Runs the tests of the clients below tests/compat/ that bring packages of their own, or of those named, against the
// built program: `npm run test:compat`, `npm run test:compat dedot sidecar`.
import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {bringsPackages, installPackages} from "./own-packages.js";
import {checkTypes, ROOT, runTests, testFiles} from "./test-files.js";

const home = join(ROOT, "tests", "compat");
const clients = readdirSync(home).filter(name => bringsPackages(join(home, name)));
const named = process.argv.slice(2);
const unknown = named.filter(name => !clients.includes(name));
if (unknown.length > 0 || !existsSync(join(ROOT, "dist", "khala.js"))) {
  const reason =
    unknown.length > 0
      ? `no such client: ${unknown.join(", ")}\n  do  choose of ${clients.join(", ")}`
      : "the program is not built\n  do  npm run build";
  process.stderr.write(`test:compat: ${reason}\n`);
  process.exit(1);
}

const folders = (named.length > 0 ? named : clients).map(name => join(home, name));
// These are held to a runtime of others too, whose chain spec a package has.
const isRehearsed = ["polkadot-js", "test-runners"].some(name =>
  folders.includes(join(home, name)),
);
const specs = isRehearsed ? [join(ROOT, "tests", "genuine", "specs")] : [];
await installPackages(...folders, ...specs);
// Types of one client alone cannot be checked, since the others' are not there.
const types = named.length > 0 ? 0 : checkTypes(home);
// Three at once on two cores: most of the time they wait for blocks. A client that waits for ever is cut off, and one that is
// slow because the machine has other work is not.
const tests = await runTests(
  folders.flatMap(folder => testFiles(folder)),
  {concurrency: 3, seconds: 600 + Number(process.env.IDLE_SECONDS ?? 0)},
);
process.exitCode = types || tests;
