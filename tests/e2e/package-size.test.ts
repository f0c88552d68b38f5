import assert from "node:assert/strict";
import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {builtinModules} from "node:module";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import {build} from "esbuild";
import {pack, packageBytes, runtimePackages, type Tarball} from "../support/packed-package.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** What a user fetches of us, and what lies in an empty folder after `npm install ./khala-X.tgz`: ours included. */
const MOST_PACKED = 2_000_000;
const MOST_INSTALLED = 32_000_000;
const MOST_PACKAGES = 24;

const folder = mkdtempSync(join(tmpdir(), "khala-size-"));
after(() => rmSync(folder, {recursive: true, force: true}));
let tarball: Tarball;
before(() => {
  tarball = pack(folder);
});

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const paths = () => tarball.files.map(({path}) => path);

test("the tarball is below 2 MB, without source maps, with licences and manners", () => {
  assert.ok(tarball.size < MOST_PACKED, `${tarball.size} bytes`);
  assert.deepEqual(
    paths().filter(path => path.endsWith(".map") || path.includes("node_modules")),
    [],
  );
  const wanted = ["LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "SECURITY.md"];
  for (const path of [...wanted, "CONTRIBUTING.md"]) assert.ok(paths().includes(path), path);
});

test("at most 24 packages and 32 MB are installed with it", () => {
  const packages = runtimePackages();
  assert.ok(packages.length + 1 <= MOST_PACKAGES, packages.join("\n"));
  const bytes = packages.reduce((sum, path) => sum + packageBytes(path), tarball.unpackedSize);
  assert.ok(bytes < MOST_INSTALLED, `${bytes} bytes in ${packages.length + 1} packages`);
});

test("what the built files import is declared, and what is declared is not bundled", async () => {
  const built = ["dist", "dist/testing"].flatMap(path =>
    readdirSync(join(ROOT, path))
      .filter(name => name.endsWith(".js"))
      .map(name => join(ROOT, path, name)),
  );
  const {metafile} = await build({
    entryPoints: built,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: folder,
    write: false,
    metafile: true,
    logLevel: "error",
  });
  const imported = Object.values(metafile.outputs)
    .flatMap(({imports}) => imports)
    .filter(({path, external}) => external && !path.startsWith("node:"))
    .map(({path}) => path)
    .filter(path => !builtinModules.includes(path));
  // What `ws` uses where somebody has installed it, and does without otherwise.
  const unasked = ["bufferutil", "utf-8-validate"];
  assert.deepEqual(
    [...new Set(imported)].filter(name => !unasked.includes(name)),
    Object.keys(manifest.dependencies),
  );
  // This one is asked for at run time by a name that no bundler follows: see src/crypto-native/secp256k1.ts.
  assert.deepEqual(Object.keys(manifest.optionalDependencies), ["secp256k1"]);
});

test("no package that is installed with it asks for a newer Node than it does itself", () => {
  const ours = Number(/^>=(\d+)/.exec(manifest.engines.node)![1]);
  for (const path of runtimePackages()) {
    const {engines} = JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8"));
    const least = Number(/^>=?\s*v?(\d+)/.exec(engines?.node ?? ">=0")?.[1]);
    assert.ok(least <= ours, `${path} wants Node ${engines?.node}`);
  }
});

test("nobody who installs it is asked to approve scripts of ours", () => {
  const ofInstalling = ["preinstall", "install", "postinstall", "prepare"];
  assert.deepEqual(
    ofInstalling.filter(name => name in manifest.scripts),
    [],
  );
});

test("NOTICE names every package that the build put into the bundles, with a licence", () => {
  const notice = readFileSync(join(ROOT, "NOTICE"), "utf8");
  // Each stands for a way in which code gets there: by the program, its libp2p, the page, as a binary.
  for (const name of ["ws", "libp2p", "preact", "@polkadot-labs/schnorrkel-wasm"]) {
    assert.match(notice, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: [\\w-]`, "m"));
  }
  assert.doesNotMatch(notice, /^(lmdb|secp256k1|typescript) \d/m);
  const bundled = ["dist", "dist/testing"].flatMap(path =>
    readdirSync(join(ROOT, path))
      .filter(name => name.endsWith(".js"))
      .flatMap(name => [
        ...readFileSync(join(ROOT, path, name), "utf8").matchAll(
          /^\s*\/\/ (?:.*\/)?node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm,
        ),
      ])
      .map(match => match[1]!),
  );
  assert.ok(bundled.length > 100);
  for (const name of new Set(bundled)) {
    assert.ok(notice.includes(`\n${name} `), `${name} is in the bundle and not in NOTICE`);
  }
});

test("the lock file's run-time dependencies are the manifest's", () => {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  const {version, dependencies, devDependencies, optionalDependencies} = lock.packages[""];
  assert.deepEqual(
    {version, dependencies, devDependencies, optionalDependencies},
    {
      version: manifest.version,
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
      optionalDependencies: manifest.optionalDependencies,
    },
  );
});
