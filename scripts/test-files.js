import {spawn, spawnSync} from "node:child_process";
import {readdirSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {bringsPackages} from "./own-packages.js";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The *.test.ts below a path, or the file itself; without those that need packages of their own. */
export function testFiles(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, {withFileTypes: true}).flatMap(entry => {
    const child = join(path, entry.name);
    if (entry.isDirectory()) return bringsPackages(child) ? [] : testFiles(child);
    return entry.name.endsWith(".test.ts") ? [child] : [];
  });
}

/** Runs files with node's test runner, at most so long each; resolves with its exit code. */
export function runTests(files, {concurrency = 2, seconds} = {}) {
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--test",
      `--test-concurrency=${concurrency}`,
      "--test-reporter=spec",
      ...(seconds === undefined ? [] : [`--test-timeout=${seconds * 1000}`]),
      ...files,
    ],
    {cwd: ROOT, stdio: "inherit"},
  );
  return new Promise(resolve => {
    child.on("exit", (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Checks types with a folder's own tsconfig.json, for which its packages have to be there; answers the exit code. */
export function checkTypes(folder) {
  const tsc = join(ROOT, "node_modules", ".bin", "tsc");
  return spawnSync(tsc, ["-p", folder], {cwd: ROOT, stdio: "inherit"}).status ?? 1;
}
