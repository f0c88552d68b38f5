import assert from "node:assert/strict";
import {execFileSync, spawn} from "node:child_process";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {after, test} from "node:test";
import {fileURLToPath} from "node:url";
import {rpc} from "../support/rpc.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const directory = mkdtempSync(join(tmpdir(), "khala-package-"));
after(() => rmSync(directory, {recursive: true, force: true}));

test("the packed package runs a dev chain in an empty folder, with its declared dependencies only", async () => {
  const packed = execFileSync(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", directory],
    {cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]},
  );
  const [{filename}] = JSON.parse(packed);
  const modules = join(directory, "node_modules");
  mkdirSync(join(modules, "khala"), {recursive: true});
  execFileSync("tar", [
    "-xzf",
    join(directory, filename),
    "--strip-components=1",
    "-C",
    join(modules, "khala"),
  ]);

  // What npm would install beside it, taken from here: the tests need no registry.
  const seen = new Set<string>();
  const link = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const source = join(ROOT, "node_modules", name);
    const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
    mkdirSync(dirname(join(modules, name)), {recursive: true});
    symlinkSync(source, join(modules, name));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) link(dependency);
  };
  const manifest = JSON.parse(readFileSync(join(modules, "khala", "package.json"), "utf8"));
  for (const name of Object.keys(manifest.dependencies)) link(name);

  const bin = join(modules, "khala", manifest.bin.khala);
  const child = spawn(process.execPath, [bin, "dev", "--rpc-port=0"], {cwd: directory});
  const ended = new Promise(resolve => child.on("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({input: child.stdout}).on("line", line => {
      const match = /ws:\/\/[\d.]+:\d+/.exec(line);
      if (match !== null) resolve(match[0]);
    });
    ended.then(code => reject(new Error(`khala ended with ${code}`)));
  });
  assert.equal(await rpc(url, "system_chain", []), "Khala Development");
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
});
