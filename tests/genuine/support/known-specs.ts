import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

/** Where the packages are that have them, once they are installed. */
export const KNOWN_SPECS = join(
  dirname(fileURLToPath(import.meta.url)),
  "..",
  "specs",
  "node_modules",
  "@substrate",
);

/** The text of a chain spec that `@substrate/connect-known-chains` has. */
export async function knownChain(name: string): Promise<string> {
  const file = join(KNOWN_SPECS, "connect-known-chains", "dist", "esm", "specs", `${name}.js`);
  const module: {readonly chainSpec: string} = await import(pathToFileURL(file).href);
  return module.chainSpec;
}

/** The text of one that the old `@substrate/connect` has: chains of 2020 and 2021, whole. */
export function oldChain(name: string): string {
  return readFileSync(join(KNOWN_SPECS, "connect", "dist", "specs", `${name}.json`), "utf8");
}
