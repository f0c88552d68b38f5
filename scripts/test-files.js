import {spawn, spawnSync} from "node:child_process";
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, relative, sep} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
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

/** Files below src/ that share a process: starting one costs more than most of them take. */
const TOGETHER = 12;

/** Of what measures the process that it is in, or changes it, and of hooks that would be all files'. */
const WANTS_ITS_OWN =
  /\bprocess\.(?!argv|platform|hrtime)|mock\.timers|setFlagsFromString|^(before|after)(Each)?\(/m;

/** Those that may share a process as files that import them, a folder's own together, in `folder`; the others as they are. */
function together(files, folder) {
  const rooms = new Map();
  const alone = [];
  for (const file of files) {
    const [top, room] = relative(ROOT, file).split(sep);
    const isShared = top === "src" && !WANTS_ITS_OWN.test(readFileSync(file, "utf8"));
    if (isShared) rooms.set(room, [...(rooms.get(room) ?? []), file]);
    else alone.push(file);
  }
  const groups = [...rooms].flatMap(([room, members]) => {
    const count = Math.ceil(members.length / TOGETHER);
    return Array.from({length: count}, (_, i) => {
      const group = join(folder, `${room}-${i + 1}.mjs`);
      const own = members.filter((_, n) => n % count === i);
      const imported = [join(ROOT, "scripts", "test-group.js"), ...own];
      writeFileSync(group, imported.map(file => `import "${pathToFileURL(file)}";\n`).join(""));
      return group;
    });
  });
  return [...alone, ...groups];
}

/** Runs files with node's test runner, at most so long each; resolves with its exit code. */
export function runTests(files, {concurrency = 2, seconds} = {}) {
  const folder = mkdtempSync(join(tmpdir(), "khala-tests-"));
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--test",
      `--test-concurrency=${concurrency}`,
      "--test-reporter=spec",
      ...(seconds === undefined ? [] : [`--test-timeout=${seconds * 1000}`]),
      ...(files.length > 1 ? together(files, folder) : files),
    ],
    {cwd: ROOT, stdio: "inherit"},
  );
  return new Promise(resolve => {
    child.on("exit", (code, signal) => {
      rmSync(folder, {recursive: true, force: true});
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

/** Checks types with a folder's own tsconfig.json, for which its packages have to be there; answers the exit code. */
export function checkTypes(folder) {
  const tsc = join(ROOT, "node_modules", ".bin", "tsc");
  return spawnSync(tsc, ["-p", folder], {cwd: ROOT, stdio: "inherit"}).status ?? 1;
}
