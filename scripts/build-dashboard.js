// Bundles the dashboard: a page, one script and style sheet for its first screen, and a script for each further screen
// that is read when somebody goes there. Names carry a hash of the content, so that a browser keeps them for ever.
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {basename, join} from "node:path";

const ENTRY = "dashboard/src/main.tsx";

/** Two packages of the tests bring other versions of these; without this each package here would bundle its own copy. */
const ONE_COPY = ["@polkadot-api/substrate-bindings", "@polkadot-api/metadata-builders"];

export async function buildDashboard({esbuild, root, version}) {
  const outdir = join(root, "dist/dashboard");
  const {metafile} = await esbuild.build({
    absWorkingDir: root,
    entryPoints: {main: ENTRY},
    outdir: join(outdir, "assets"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: ["es2022"],
    minify: true,
    metafile: true,
    legalComments: "none",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: Object.fromEntries(
      ONE_COPY.map(name => [name, join(root, "dashboard/node_modules", name)]),
    ),
    define: {KHALA_VERSION: JSON.stringify(version)},
  });
  const [script, output] = Object.entries(metafile.outputs).find(
    ([, {entryPoint}]) => entryPoint === ENTRY,
  );
  // What the first script imports is fetched along with it, not after it.
  const needed = output.imports
    .filter(({kind}) => kind === "import-statement")
    .map(({path}) => `<link rel="modulepreload" href="${address(path)}" />`);
  const page = readFileSync(join(root, "dashboard/index.html"), "utf8")
    .replace("<!-- preload -->", needed.join("\n    "))
    .replace("SCRIPT", address(script))
    .replace("STYLE", address(output.cssBundle));
  mkdirSync(outdir, {recursive: true});
  writeFileSync(join(outdir, "index.html"), page);
  return {metafile};
}

const address = path => `/assets/${basename(path)}`;
