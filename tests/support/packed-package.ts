import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What npm says of a tarball. Sizes are in bytes. */
export interface Tarball {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly {readonly path: string}[];
}

/** Packs what was built last into a folder. */
export function pack(folder: string): Tarball {
  const packed = execFileSync(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", folder],
    {cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]},
  );
  return JSON.parse(packed)[0];
}

/**
 * Packs the package and puts it into an empty folder as npm would, its declared dependencies beside it; those are
 * taken from here, since the tests need no registry. Answers where the package lies.
 */
export function installPacked(folder: string, {withOptional = true} = {}): string {
  const {filename} = pack(folder);
  const modules = join(folder, "node_modules");
  const home = join(modules, "khala");
  mkdirSync(home, {recursive: true});
  execFileSync("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", home]);
  const manifest = readManifest(home);
  const own = new Set([
    ...Object.keys(manifest.dependencies ?? {}),
    ...(withOptional ? Object.keys(manifest.optionalDependencies ?? {}) : []),
  ]);
  // Each finds what it needs itself beside the place to which its link leads.
  for (const name of own) {
    mkdirSync(dirname(join(modules, name)), {recursive: true});
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  return home;
}

/** Folders of all packages that npm would put beside ours on this platform, relative to the repository. */
export function runtimePackages(): string[] {
  const found = new Set<string>();
  const add = (from: string, name: string) => {
    const folder = resolved(from, name);
    // An optional package for another platform is not there, nor would be with whoever installs ours here.
    if (folder === undefined || found.has(folder)) return;
    found.add(folder);
    addAll(folder, readManifest(join(ROOT, folder)));
  };
  const addAll = (folder: string, manifest: Manifest) => {
    const optional = Object.keys(manifest.optionalDependencies ?? {});
    for (const name of [...Object.keys(manifest.dependencies ?? {}), ...optional]) {
      if (resolved(folder, name) === undefined && !optional.includes(name)) {
        throw new Error(`${folder || "khala"} needs ${name}, which is not installed`);
      }
      add(folder, name);
    }
  };
  addAll("", readManifest(ROOT));
  return [...found].sort();
}

/** Bytes of a package's files, without packages that lie inside of it. */
export function packageBytes(folder: string): number {
  const below = (path: string): number =>
    readdirSync(path, {withFileTypes: true}).reduce((sum, entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return sum + (entry.name === "node_modules" ? 0 : below(child));
      return sum + statSync(child).size;
    }, 0);
  return below(join(ROOT, folder));
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Where node finds a package that is asked for by the files of another. */
function resolved(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(ROOT, candidate, "package.json"))) return candidate;
    if (folder === "" || folder === ".") return undefined;
  }
}

/** A file of our own `node_modules`, for tools that the packed package does not bring. */
export function toolOf(...path: readonly string[]): string {
  return join(ROOT, "node_modules", ...path);
}
