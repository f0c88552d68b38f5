import {build} from "esbuild";

/** A page's script with all that it imports, for a browser. */
export async function bundleForBrowser(entry: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  return outputFiles[0]!.text;
}
