#!/usr/bin/env node
import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "..", "dist", "khala.js");
if (existsSync(main)) {
  await import(pathToFileURL(main).href);
} else {
  process.stderr.write(
    "not-built: dist/khala.js is missing\n" +
      "  did       nothing\n" +
      "  do        npm ci (it builds), or npm run build\n",
  );
  process.exitCode = 1;
}
