// Bundles the node into a few files under dist/, so that start-up reads a handful of files instead of
// some hundreds. Runs on `npm ci` (prepare), on `npm pack` and by `npm run build`.
import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {buildDashboard} from "./build-dashboard.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
let esbuild;
try {
  esbuild = await import("esbuild");
} catch {
  process.stderr.write(
    "khala: esbuild is not installed, so dist/ was not built.\n" +
      "  do  run npm ci without --omit=dev, then npm run build\n",
  );
  process.exit(process.env.npm_lifecycle_event === "prepare" ? 0 : 1);
}

/** Test runners that the kit has a fixture for. */
const RUNNERS = ["vitest", "jest", "node"];

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
rmSync(join(root, "dist"), {recursive: true, force: true});
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  legalComments: "none",
  // Native code and packages that look for files beside themselves stay outside the bundle.
  external: ["lmdb", "secp256k1", "@polkadot-labs/schnorrkel-wasm"],
  define: {"process.env.KHALA_VERSION": JSON.stringify(manifest.version)},
  banner: {
    js: 'import {createRequire as khalaCreateRequire} from "node:module"; const require = khalaCreateRequire(import.meta.url);',
  },
};
await esbuild.build({
  ...common,
  entryPoints: {
    khala: "src/cli/main.ts",
    "signature-worker": "src/crypto-native/signature-worker.ts",
  },
  outdir: "dist",
  // What only some nodes need, as libp2p, lies in chunks that are read when it is first imported.
  splitting: true,
});

// The test kit by itself, so that the program's start reads not one file more for it.
await esbuild.build({
  ...common,
  entryPoints: {
    index: "src/testing/index.ts",
    ...Object.fromEntries(RUNNERS.map(name => [name, `src/testing/fixtures/${name}.ts`])),
  },
  outdir: "dist/testing",
  splitting: true,
});
// Its types are files of plain types, in one; its functions are those that the interfaces of a module there have.
const types = ["api.ts", "chain-api.ts"]
  .map(name => readFileSync(join(root, "src/testing", name), "utf8"))
  .join("\n")
  .replaceAll(/^import type .*;\n/gm, "");
const functions = Object.entries({
  TestingModule: ["startNetwork", "call", "sudo"],
  ChainModule: ["startChain", "startChainServer"],
}).flatMap(([module, names]) =>
  names.map(name => `export declare const ${name}: ${module}["${name}"];\n`),
);
writeFileSync(join(root, "dist/testing/index.d.ts"), `${types}\n${functions.join("")}`);
for (const name of RUNNERS) {
  const declared =
    name === "vitest"
      ? 'import type {TestAPI} from "vitest";\nimport type {ChainOptions, TestChain} from "./index.js";\n' +
        "export declare const khala: (test: TestAPI, options?: ChainOptions) => TestAPI<{chain: TestChain}>;\n"
      : 'import type {ChainOptions, TestChain} from "./index.js";\n' +
        "export declare const khala: (options?: ChainOptions) => () => Promise<TestChain>;\n";
  writeFileSync(join(root, `dist/testing/${name}.d.ts`), declared);
}

await buildDashboard({esbuild, root, version: manifest.version});
