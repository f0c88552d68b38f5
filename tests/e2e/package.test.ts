import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {after, test} from "node:test";
import {installPacked} from "../support/packed-package.ts";
import {rpc} from "../support/rpc.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-package-"));
after(() => rmSync(directory, {recursive: true, force: true}));

test("the packed package runs a dev chain in an empty folder, with its declared dependencies only", async () => {
  const home = installPacked(directory);
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const bin = join(home, manifest.bin.khala);
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
