import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, readFileSync, symlinkSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * Packs the package and puts it into an empty folder as npm would, its declared dependencies beside it; those are
 * taken from here, since the tests need no registry. Answers where the package lies.
 */
export function installPacked(folder: string): string {
  const packed = execFileSync(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", folder],
    {cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]},
  );
  const [{filename}] = JSON.parse(packed);
  const modules = join(folder, "node_modules");
  const home = join(modules, "khala");
  mkdirSync(home, {recursive: true});
  execFileSync("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", home]);
  const seen = new Set<string>();
  const link = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const source = join(ROOT, "node_modules", name);
    const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
    mkdirSync(dirname(join(modules, name)), {recursive: true});
    if (!existsSync(join(modules, name))) symlinkSync(source, join(modules, name));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) link(dependency);
  };
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  for (const name of Object.keys(manifest.dependencies)) link(name);
  return home;
}

/** A file of our own `node_modules`, for tools that the packed package does not bring. */
export function toolOf(...path: readonly string[]): string {
  return join(ROOT, "node_modules", ...path);
}
