import assert from "node:assert/strict";
import {readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const SRC = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src");

/** What each folder may import, as docs/ARCHITECTURE.md draws it. A folder may always import itself. */
const PURE_BASE = ["base", "codec", "crypto", "primitives", "trie"];
const BELOW_CORE = [
  ...PURE_BASE,
  "state",
  "runtime-api",
  "consensus",
  "sync",
  "crypto-native",
  "durable-file",
  "store",
  "keystore",
  "pool",
  "network",
];
/** All but our own runtime: whatever imports no more than this works with any. */
const ANY_RUNTIME = [
  ...BELOW_CORE,
  "description",
  "core",
  "desk",
  "chain-spec",
  "dispatch",
  "upgrade",
  "relay",
  "rehearsal",
  "validity",
  "rpc",
  "snapshot",
];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  codec: ["base"],
  crypto: ["base"],
  wasm: ["base"],
  primitives: ["base", "codec", "crypto"],
  trie: ["base", "codec", "crypto", "primitives"],
  state: PURE_BASE,
  "runtime-api": [...PURE_BASE, "wasm", "state"],
  runtime: [...PURE_BASE, "wasm", "state", "runtime-api"],
  "wasm-runtime": [...PURE_BASE, "wasm", "state", "runtime-api"],
  description: [...PURE_BASE, "state", "runtime-api"],
  upgrade: [...PURE_BASE, "state", "description"],
  dispatch: [...PURE_BASE, "state", "runtime-api", "description"],
  relay: [...PURE_BASE, "state", "runtime-api", "description"],
  rehearsal: [...PURE_BASE, "state", "runtime-api", "description", "chain-spec"],
  validity: [...PURE_BASE, "state", "runtime-api", "description", "relay"],
  consensus: ["base", "codec", "crypto", "primitives"],
  sync: ["base", "codec", "crypto", "primitives", "trie", "consensus"],
  "crypto-native": ["base", "codec", "crypto", "wasm"],
  "durable-file": [],
  store: [...PURE_BASE, "state", "durable-file"],
  snapshot: [...PURE_BASE, "state", "sync", "durable-file"],
  keystore: ["base", "codec", "crypto", "primitives", "durable-file"],
  pool: [...PURE_BASE, "state", "runtime-api"],
  network: ["base", "codec", "crypto", "primitives", "durable-file"],
  "chain-spec": [...PURE_BASE, "state", "runtime-api", "runtime", "store"],
  core: [...BELOW_CORE, "validity"],
  desk: [...BELOW_CORE, "description", "core"],
  rpc: [...PURE_BASE, "state", "runtime-api", "pool", "keystore", "description", "core", "desk"],
  node: [...ANY_RUNTIME, "runtime", "wasm-runtime"],
  cli: [...ANY_RUNTIME, "node"],
  testing: [...ANY_RUNTIME, "node", "runtime"],
};
/** RPC knows the node by what it asks of it: of core and desk it takes the words, and runs none of their code. */
const WORDS_ONLY: Readonly<Record<string, readonly string[]>> = {
  rpc: ["core", "desk"],
  rehearsal: ["chain-spec"],
};
/** Where the runtime of this program may be named: who chooses an engine, and who composes a chain of ours. */
const KNOWS_OUR_RUNTIME = [
  /^runtime\//,
  /^chain-spec\/presets\//,
  /^node\/runtimes\.ts$/,
  /^node\/trial\//,
  /^testing\/network\/own-chain\.ts$/,
];
/** Adds to the language for the whole process; what starts a program loads it first. */
const POLYFILLS = "polyfills.ts";
const LOADS_POLYFILLS = ["cli", "testing"];
const PURE = [
  "base",
  "codec",
  "crypto",
  "wasm",
  "primitives",
  "trie",
  "state",
  "runtime-api",
  "runtime",
  "wasm-runtime",
  "description",
  "dispatch",
  "upgrade",
  "relay",
  "rehearsal",
  "validity",
  "consensus",
  "sync",
];

/** Sources whose tests and test kits lean on fast implementations and on node. */
function isTestSource(file: string): boolean {
  return (
    file.endsWith(".test.ts") ||
    /(^|\/)test-kit\//.test(file) ||
    /(compliance|for-tests|crash-writer)[^/]*\.ts$/.test(file)
  );
}

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
  readonly isTypes: boolean;
}

function sources(directory: string): string[] {
  return readdirSync(directory).flatMap(name => {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) return sources(path);
    return path.endsWith(".ts") && !path.endsWith(".d.ts") ? [path] : [];
  });
}

const files = sources(SRC).map(path => relative(SRC, path).split(sep).join("/"));
const imports: Import[] = files
  .filter(file => !isTestSource(file))
  .flatMap(file => {
    const text = readFileSync(join(SRC, file), "utf8");
    const found = [...text.matchAll(/^(?:import|export)\s(?:[^;]*?\sfrom\s+)?"([^"]+)"/gm)].map(
      match => ({target: match[1]!, isTypes: isTypeOnly(match[0])}),
    );
    const late = [...text.matchAll(/import\(\s*"([^"]+)"/g)].map(match => ({
      target: match[1]!,
      isTypes: false,
    }));
    return [...found, ...late].map(one => ({file, folder: file.split("/")[0]!, ...one}));
  });

test("imports go only inwards, from folder to folder by its index", () => {
  for (const {file, folder, target} of imports) {
    if (!target.startsWith("#")) continue;
    const name = target.slice(1);
    assert.ok(ALLOWED[folder] !== undefined, `${folder} is not in the table of folders`);
    assert.ok(!name.includes("/"), `${file} enters ${target} past its index`);
    assert.ok(ALLOWED[folder].includes(name), `${file} may not import ${target}`);
  }
});

test("the runtime of this program is named only by who chooses an engine or composes a chain of ours", () => {
  for (const {file, target} of imports) {
    if (target !== "#runtime") continue;
    assert.ok(
      KNOWS_OUR_RUNTIME.some(place => place.test(file)),
      `${file} imports ${target}: it has to work with any runtime`,
    );
  }
});

test("RPC takes words of the core and the desk, and runs none of their code", () => {
  for (const {file, folder, target, isTypes} of imports) {
    if (!WORDS_ONLY[folder]?.includes(target.slice(1))) continue;
    assert.ok(isTypes, `${file} imports more of ${target} than types`);
  }
});

test("folders beside each other import in one direction only", () => {
  const edges = new Map<string, Map<string, string>>();
  for (const {file, target} of imports) {
    const to = target.startsWith("#")
      ? `${target.slice(1)}/index.ts`
      : relative(SRC, join(dirname(join(SRC, file)), target))
          .split(sep)
          .join("/");
    const [from, into] = whereTheyPart(file, to);
    if (from === undefined || into === undefined) continue;
    const known = edges.get(from) ?? new Map<string, string>();
    edges.set(from, known.set(into, `${file} -> ${to}`));
  }
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[]): void => {
    const circle = path.slice(path.indexOf(folder));
    const told = [...circle, folder].map((at, i, all) => edges.get(at)?.get(all[i + 1] ?? ""));
    assert.ok(!path.includes(folder), `circle: ${told.join(", ")}`);
    if (done.has(folder)) return;
    for (const next of edges.get(folder)?.keys() ?? []) visit(next, [...path, folder]);
    done.add(folder);
  };
  for (const folder of edges.keys()) visit(folder, []);
});

/** The two folders beside each other in which two files are; undefined for one that is in none there. */
function whereTheyPart(one: string, other: string): (string | undefined)[] {
  const [a, b] = [one.split("/"), other.split("/")];
  let depth = 0;
  while (a[depth] === b[depth]) depth++;
  const folderOf = (parts: readonly string[]) =>
    parts.length > depth + 1 ? parts.slice(0, depth + 1).join("/") : undefined;
  return [folderOf(a), folderOf(b)];
}

test("no relative import leaves its top folder", () => {
  for (const {file, folder, target} of imports) {
    if (!target.startsWith(".")) continue;
    const path = join(dirname(join(SRC, file)), target);
    const top = relative(SRC, path).split(sep)[0];
    if (top === POLYFILLS && LOADS_POLYFILLS.includes(folder)) continue;
    assert.equal(top, folder, `${file} reaches into ${target}`);
  }
});

test("pure folders import nothing of node's and use none of its globals or the machine's clock", () => {
  for (const {file, folder, target} of imports) {
    if (PURE.includes(folder)) assert.ok(!target.startsWith("node:"), `${file} imports ${target}`);
  }
  const forbidden =
    /\b(Buffer\.|process\.|Date\.now|new Date\(|setTimeout|setInterval|setImmediate|Math\.random)/;
  for (const file of files) {
    if (!PURE.includes(file.split("/")[0]!) || isTestSource(file)) continue;
    const code = readFileSync(join(SRC, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    assert.doesNotMatch(code, forbidden, file);
  }
});

test("no import goes in a circle, types aside", () => {
  const edges = new Map<string, string[]>();
  for (const file of files) {
    if (isTestSource(file)) continue;
    const text = readFileSync(join(SRC, file), "utf8");
    const targets = [...text.matchAll(/^(import|export)\s+(?!type\b)[^;]*?from\s+"(\.[^"]+)"/gm)]
      .filter(match => !isTypeOnly(match[0]))
      .map(match =>
        relative(SRC, join(dirname(join(SRC, file)), match[2]!))
          .split(sep)
          .join("/"),
      );
    edges.set(file, targets);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    assert.ok(
      !path.includes(file),
      `circle: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}`,
    );
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
});

/** `import type …` and `import {type A, type B} from …` import nothing at run time. */
function isTypeOnly(statement: string): boolean {
  if (/^(import|export)\s+type\b/.test(statement)) return true;
  const names = /\{([^}]*)\}/.exec(statement)?.[1];
  if (names === undefined) return false;
  const parts = names
    .split(",")
    .map(part => part.trim())
    .filter(part => part !== "");
  return parts.length > 0 && parts.every(part => part.startsWith("type "));
}

test("only the shell ends the process or reads its arguments", () => {
  for (const file of files) {
    const folder = file.split("/")[0]!;
    if (folder === "cli" || isTestSource(file)) continue;
    const code = readFileSync(join(SRC, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    assert.doesNotMatch(code, /process\.(exit|argv)/, file);
  }
});

test("each folder of core, desk, description, chain-spec and node opens with an essay, which ends in what is out of scope", () => {
  const folders = new Set(
    files
      .filter(
        file => /^(core|desk|description|chain-spec|node)\//.test(file) && !isTestSource(file),
      )
      .map(file => file.split("/").slice(0, -1).join("/")),
  );
  for (const folder of folders) {
    const text = readFileSync(join(SRC, folder, "index.ts"), "utf8");
    const essay = /^\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? "";
    const last = essay.split("\n *\n").at(-1) ?? "";
    assert.match(last, /^ \* Out of scope: /, `${folder}/index.ts`);
  }
});

test("no source file is longer than a reader bears: 400 lines", () => {
  for (const file of files) {
    const lines = readFileSync(join(SRC, file), "utf8").split("\n").length;
    assert.ok(lines <= 400, `${file} has ${lines} lines`);
  }
});
