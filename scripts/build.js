// Bundles the node into a few files under dist/, so that start-up reads a handful of files instead of
// some hundreds. Runs after `npm ci` (npm's script `dependencies`; a `prepare` would be shown to
// whoever installs the package, as a script to be approved), on `npm pack` and by `npm run build`.
import {copyFileSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {inflateSync} from "node:zlib";
import {buildDashboard} from "./build-dashboard.js";
import {noticeOf} from "./notice.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
let esbuild;
try {
  esbuild = await import("esbuild");
} catch {
  process.stderr.write(
    "khala: esbuild is not installed, so dist/ was not built.\n" +
      "  do  run npm ci without --omit=dev, then npm run build\n",
  );
  process.exit(process.env.npm_lifecycle_event === "dependencies" ? 0 : 1);
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
  // For whoever works on the program; they are not packed.
  sourcemap: true,
  legalComments: "none",
  // Native code stays outside the bundle: these are the package's dependencies, and there are no others. (secp256k1 is
  // asked for at run time, by a call that esbuild does not follow.)
  external: ["lmdb"],
  define: {"process.env.KHALA_VERSION": JSON.stringify(manifest.version)},
  banner: {
    js: 'import {createRequire as khalaCreateRequire} from "node:module"; const require = khalaCreateRequire(import.meta.url);',
  },
};
// One build of all three, so that they share chunks: nothing is shipped twice. What only some nodes need, as libp2p, lies
// in chunks that are read when it is first imported.
const {metafile} = await esbuild.build({
  ...common,
  entryPoints: {
    khala: "src/cli/main.ts",
    "signature-worker": "src/crypto-native/signature-worker.ts",
    "validation-worker": "src/node/validation/validation-worker.ts",
    "testing/index": "src/testing/index.ts",
    ...Object.fromEntries(
      RUNNERS.map(name => [`testing/${name}`, `src/testing/fixtures/${name}.ts`]),
    ),
  },
  outdir: "dist",
  splitting: true,
  metafile: true,
});

// Binaries of packages that are read beside the bundle, where src/crypto-native/wasm-modules.ts looks for them.
const SCHNORRKEL = "node_modules/@polkadot-labs/schnorrkel-wasm/dist/nodejs/schnorrkel_bg.wasm";
const SECP256K1 = "node_modules/@polkadot/wasm-crypto-wasm/cjs/bytes.js";
copyFileSync(join(root, SCHNORRKEL), join(root, "dist/schnorrkel.wasm"));
const {bytes} = createRequire(import.meta.url)(join(root, SECP256K1));
writeFileSync(join(root, "dist/secp256k1.wasm"), inflateSync(Buffer.from(bytes, "base64")));
// Our own arithmetic for sr25519, written by the program's own writer: one module for machines with vectors, one for others.
const kernels = await esbuild.build({
  ...common,
  entryPoints: ["src/crypto-native/sr25519/kernels/write-module.ts"],
  banner: {},
  sourcemap: false,
  write: false,
});
const {writeKernels} = await import(
  `data:text/javascript;base64,${Buffer.from(kernels.outputFiles[0].contents).toString("base64")}`
);
for (const form of ["vector", "scalar"]) {
  writeFileSync(join(root, `dist/sr25519-${form}.wasm`), writeKernels(form));
}

// The types of the test kit are files of plain types, in one; its functions are those that the interfaces of a module there have.
const types = ["api.ts", "chain-api.ts"]
  .map(name => readFileSync(join(root, "src/testing", name), "utf8"))
  .join("\n")
  .replaceAll(/^import type [^;]*;\n/gm, "");
const functions = Object.entries({
  TestingModule: ["startNetwork", "call", "sudo"],
  ChainModule: ["startChain", "startChainServer", "costsOf"],
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

const dashboard = await buildDashboard({esbuild, root, version: manifest.version});

const notice = noticeOf({
  root,
  metafiles: [metafile, dashboard.metafile],
  files: [SCHNORRKEL, SECP256K1],
});
writeFileSync(join(root, "NOTICE"), notice);
