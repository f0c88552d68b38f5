import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {extname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import type {Pages, ServedFile} from "#rpc";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Where the build puts the dashboard: beside the program, or in the repository for one that runs from source. */
const PLACES = ["./dashboard/", "../../dist/dashboard/"];

/** In this folder every name carries a hash of what is in it. */
const HASHED = "assets";

/** The dashboard's files; undefined for a program that was built without. */
export function findDashboard(): Pages | undefined {
  const places = PLACES.map(place => fileURLToPath(new URL(place, import.meta.url)));
  const folder = places.find(place => existsSync(join(place, "index.html")));
  return folder === undefined ? undefined : pagesOf(folder);
}

/** Reads when somebody looks for the first time: a node's start does not wait for pages. */
export function pagesOf(folder: string): Pages {
  let files: ReadonlyMap<string, ServedFile> | undefined;
  return {
    at(path) {
      if (path !== "/" && !path.startsWith(`/${HASHED}/`)) return undefined;
      files ??= readFiles(folder);
      return files.get(path);
    },
  };
}

function readFiles(folder: string): ReadonlyMap<string, ServedFile> {
  const assets = join(folder, HASHED);
  const names = existsSync(assets) ? readdirSync(assets) : [];
  return new Map([
    ["/", servedFile(join(folder, "index.html"), false)] as const,
    ...names
      .filter(name => TYPES[extname(name)] !== undefined)
      .map(name => [`/${HASHED}/${name}`, servedFile(join(assets, name), true)] as const),
  ]);
}

function servedFile(path: string, isForEver: boolean): ServedFile {
  const body = readFileSync(path);
  const zipped = gzipSync(body);
  return {
    type: TYPES[extname(path)] ?? "application/octet-stream",
    body,
    zipped: zipped.length < body.length ? zipped : undefined,
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    isForEver,
  };
}
