import assert from "node:assert/strict";
import {readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const SRC = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src");

/** What each folder may import, as docs/ARCHITECTURE.md draws it. A folder may always import itself. */
const PURE_BASE = ["base", "codec", "crypto", "primitives", "trie"];
const BELOW_NODE = [
  ...PURE_BASE,
  "state",
  "runtime-api",
  "runtime",
  "description",
  "consensus",
  "sync",
  "crypto-native",
  "durable-file",
  "store",
  "keystore",
  "pool",
  "network",
  "rpc",
];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  codec: ["base"],
  crypto: ["base"],
  primitives: ["base", "codec", "crypto"],
  trie: ["base", "codec", "crypto", "primitives"],
  state: PURE_BASE,
  "runtime-api": [...PURE_BASE, "state"],
  runtime: [...PURE_BASE, "state", "runtime-api"],
  description: [...PURE_BASE, "state", "runtime-api"],
  consensus: ["base", "codec", "crypto", "primitives"],
  sync: ["base", "codec", "crypto", "primitives", "trie", "consensus"],
  "crypto-native": ["base", "codec", "crypto"],
  "durable-file": [],
  store: [...PURE_BASE, "state", "durable-file"],
  keystore: ["base", "codec", "crypto", "primitives", "durable-file"],
  pool: [...PURE_BASE, "state", "runtime-api"],
  network: ["base", "codec", "crypto", "primitives", "durable-file"],
  rpc: [...PURE_BASE, "state", "runtime-api", "pool", "keystore"],
  node: [...BELOW_NODE],
  cli: [...BELOW_NODE, "node"],
  testing: [...BELOW_NODE, "node"],
};
/** Adds to the language for the whole process; what starts a program loads it first. */
const POLYFILLS = "polyfills.ts";
const LOADS_POLYFILLS = ["cli", "testing"];
const PURE = [
  "base",
  "codec",
  "crypto",
  "primitives",
  "trie",
  "state",
  "runtime-api",
  "runtime",
  "description",
  "consensus",
  "sync",
];

/** Sources whose tests and test kits lean on fast implementations and on node. */
function isTestSource(file: string): boolean {
  return (
    file.endsWith(".test.ts") ||
    /(^|\/)(test-kit|testing)\//.test(file) ||
    /(compliance|for-tests|crash-writer)[^/]*\.ts$/.test(file)
  );
}

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
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
    const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
      match => match[1]!,
    );
    return targets.map(target => ({file, folder: file.split("/")[0]!, target}));
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

/** `import {type A, type B} from …` imports nothing at run time. */
function isTypeOnly(statement: string): boolean {
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

test("no source file is longer than a reader bears: 400 lines", () => {
  for (const file of files) {
    const lines = readFileSync(join(SRC, file), "utf8").split("\n").length;
    assert.ok(lines <= 400, `${file} has ${lines} lines`);
  }
});
