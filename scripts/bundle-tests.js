// Test files in few pieces of JavaScript, as dist/ is: by tsx each process would ask a thread of its own for each of some
// hundreds of modules, which takes longer than most tests do.
import {readFileSync} from "node:fs";
import {isBuiltin} from "node:module";
import {dirname} from "node:path";
import {pathToFileURL} from "node:url";
import * as esbuild from "esbuild";

/** In each file these names stand for what it would have been told of where it lies: beside it is what it reads and starts. */
const PLACES = {
  "import.meta.url": "khalaFileUrl",
  "import.meta.dirname": "khalaFolder",
};

const places = {
  name: "places",
  setup(build) {
    build.onLoad({filter: /\.[cm]?[jt]sx?$/}, ({path}) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta")) return undefined;
      const url = JSON.stringify(pathToFileURL(path).href);
      const folder = JSON.stringify(dirname(path));
      // On the first line, so that the numbers of lines stay.
      const contents = `const khalaFileUrl = ${url}, khalaFolder = ${folder}; ${text}`;
      return {contents, loader: /\.[cm]?ts$/.test(path) ? "ts" : "js"};
    });
  },
};

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

/** Bundles files, by the names that they are to have in the folder, without `.mjs`. */
export async function bundleTests(entryPoints, {root, folder}) {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints,
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
    plugins: [places, packages],
    logLevel: "warning",
  });
}
