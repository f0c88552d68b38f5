import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {fileURLToPath} from "node:url";
import {bundleTests, startedBy} from "./bundle-tests.js";
import {bringsPackages} from "./own-packages.js";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The *.test.ts below a path, or the file itself; without those that need packages of their own. */
export const testFiles = path => filesBelow(path, ".test.ts");

function filesBelow(path, ending) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, {withFileTypes: true}).flatMap(entry => {
    const child = join(path, entry.name);
    if (entry.isDirectory()) return bringsPackages(child) ? [] : filesBelow(child, ending);
    return entry.name.endsWith(ending) ? [child] : [];
  });
}

/** Files below src/ that share a process: starting one costs more than most of them take. */
const TOGETHER = 12;

/** Of what measures the process that it is in, or changes it, and of hooks that would be all files'. */
const WANTS_ITS_OWN =
  /\bprocess\.(?!argv|platform|hrtime)|mock\.timers|setFlagsFromString|^(before|after)(Each)?\(/m;

/**
 * What each process is to run, by names for them: a file below its own path; those that may share one, a folder's own
 * together, as a file in `folder` that imports them.
 */
function together(files, folder) {
  const rooms = new Map();
  const entries = {};
  for (const file of files) {
    const path = relative(ROOT, file);
    const [top, room] = path.split(sep);
    const isShared =
      files.length > 1 && top === "src" && !WANTS_ITS_OWN.test(readFileSync(file, "utf8"));
    if (isShared) rooms.set(room, [...(rooms.get(room) ?? []), file]);
    else entries[path.replace(/\.ts$/, "")] = file;
  }
  for (const [room, members] of rooms) {
    const count = Math.ceil(members.length / TOGETHER);
    for (let i = 0; i < count; i++) {
      const group = join(folder, `${room}-${i + 1}.mjs`);
      const own = members.filter((_, n) => n % count === i);
      const imported = [join(ROOT, "scripts", "test-group.js"), ...own];
      writeFileSync(group, imported.map(file => `import ${JSON.stringify(file)};\n`).join(""));
      entries[join("src", `${room}-${i + 1}`)] = group;
    }
  }
  return entries;
}

/** Runs files with node's test runner, at most so long each; resolves with its exit code. */
export async function runTests(files, {concurrency = 2, seconds} = {}) {
  // Without any, Node would look for some itself, and run what starts these suites.
  if (files.length === 0) {
    process.stderr.write("no test file is named by that\n");
    return 1;
  }
  // In here, so that what a test imports by a name that it puts together is found as well.
  const folder = mkdtempSync(join(ROOT, ".test-bundles-"));
  try {
    const entries = together(files, folder);
    // Of the program's own files and what helps tests, any may be reached; of tests, only those that run.
    const others = ["src", "tests"]
      .flatMap(top => filesBelow(join(ROOT, top), ".ts"))
      .filter(file => !file.endsWith(".test.ts"));
    const started = startedBy([...others, ...files]);
    await bundleTests(entries, {root: ROOT, folder, started});
    const child = spawn(
      process.execPath,
      [
        "--enable-source-maps",
        // For programs that tests start as they were started, and for modules that they import by paths.
        "--import",
        "tsx",
        "--test",
        `--test-concurrency=${concurrency}`,
        "--test-reporter=spec",
        ...(seconds === undefined ? [] : [`--test-timeout=${seconds * 1000}`]),
        ...Object.keys(entries).map(name => join(folder, `${name}.mjs`)),
      ],
      {cwd: ROOT, stdio: "inherit"},
    );
    // A terminal interrupts both: what is here goes once the tests have ended.
    process.on("SIGINT", () => undefined);
    const [code, signal] = await once(child, "exit");
    return signal ? 1 : (code ?? 1);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Checks types with a folder's own tsconfig.json, for which its packages have to be there; answers the exit code. */
export function checkTypes(folder) {
  const tsc = join(ROOT, "node_modules", ".bin", "tsc");
  return spawnSync(tsc, ["-p", folder], {cwd: ROOT, stdio: "inherit"}).status ?? 1;
}
