// Test files in few pieces of JavaScript, as dist/ is: by tsx each process would ask a thread of its own for each of some
// hundreds of modules, which takes longer than most tests do.
import {existsSync, readFileSync} from "node:fs";
import {isBuiltin} from "node:module";
import {dirname, join, relative, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import * as esbuild from "esbuild";

/** In each file these names stand for what it would have been told of where it lies: beside it is what it reads and starts. */
const PLACES = {
  "import.meta.url": "khalaFileUrl",
  "import.meta.dirname": "khalaFolder",
};

/** A file beside the one that names it: what a test starts as a process, or the program as a thread. */
const STARTED = /new URL\("([^"]+\.ts)", import\.meta\.url\)/g;

/** Those that are named in some files, and are there. */
export const startedBy = files =>
  new Set(
    files
      .flatMap(file =>
        [...readFileSync(file, "utf8").matchAll(STARTED)].map(([, named]) =>
          resolve(dirname(file), named),
        ),
      )
      .filter(file => existsSync(file)),
  );

/** `bundled`: where the bundle of a file is that is started; undefined for one that is not bundled. */
const places = bundled => ({
  name: "places",
  setup(build) {
    build.onLoad({filter: /\.[cm]?[jt]sx?$/}, ({path}) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta")) return undefined;
      const url = JSON.stringify(pathToFileURL(path).href);
      const folder = JSON.stringify(dirname(path));
      const code = text.replace(STARTED, (asIs, named) => {
        const bundle = bundled(resolve(dirname(path), named));
        return bundle === undefined ? asIs : `new URL("${pathToFileURL(bundle).href}")`;
      });
      // On the first line, so that the numbers of lines stay.
      const contents = `const khalaFileUrl = ${url}, khalaFolder = ${folder}; ${code}`;
      return {contents, loader: /\.[cm]?ts$/.test(path) ? "ts" : "js"};
    });
  },
});

/** Packages are read from where they lie, as they are without this, whatever folder the bundles are in. */
const packages = {
  name: "packages",
  setup(build) {
    build.onResolve({filter: /^[^.#/]/}, async ({path, resolveDir, kind, pluginData}) => {
      if (pluginData === packages || kind === "entry-point" || isBuiltin(path)) return undefined;
      const found = await build.resolve(path, {resolveDir, kind, pluginData: packages});
      return found.errors.length > 0
        ? {errors: found.errors}
        : {path: pathToFileURL(found.path).href, external: true};
    });
  },
};

/** Bundles files, by the names that they are to have in the folder, without `.mjs`, and with them `started`, by their paths. */
export async function bundleTests(tests, {root, folder, started}) {
  const nameOf = file => relative(root, file).replace(/\.ts$/, "");
  const bundled = file => (started.has(file) ? join(folder, `${nameOf(file)}.mjs`) : undefined);
  const programs = Object.fromEntries([...started].map(file => [nameOf(file), file]));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: {...tests, ...programs},
    outdir: folder,
    outExtension: {".js": ".mjs"},
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // What Node goes by, and no more: a bundler's own would have it read other files of a package.
    conditions: [],
    sourcemap: true,
    sourcesContent: false,
    define: PLACES,
    plugins: [places(bundled), packages],
    logLevel: "warning",
  });
}
