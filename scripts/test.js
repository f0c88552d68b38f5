// Runs every *.test.ts below src/ and tests/ (or the files and folders named) with node's test runner.
import {spawn} from "node:child_process";
import {readdirSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const named = process.argv.slice(2);

function collect(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, {withFileTypes: true}).flatMap(entry => {
    const child = join(path, entry.name);
    if (entry.isDirectory()) return collect(child);
    return entry.name.endsWith(".test.ts") ? [child] : [];
  });
}

const files = (named.length > 0 ? named : ["src", "tests"]).flatMap(path =>
  collect(join(root, path)),
);
const child = spawn(
  process.execPath,
  ["--import", "tsx", "--test", "--test-concurrency=2", "--test-reporter=spec", ...files],
  {cwd: root, stdio: "inherit"},
);
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
