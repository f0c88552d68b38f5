import assert from "node:assert/strict";
import {execFile} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {startKhala} from "../../support/khala-process.ts";

test("its generator writes types of our calls, storage and runtime functions from the running node", async t => {
  const node = await startKhala(["dev", "--rpc-port=0"]);
  const folder = mkdtempSync(join(tmpdir(), "khala-dedot-"));
  t.after(async () => {
    await node.stop();
    rmSync(folder, {recursive: true});
  });
  const dedot = join(dirname(fileURLToPath(import.meta.url)), "node_modules", ".bin", "dedot");
  await promisify(execFile)(process.execPath, [dedot, "chaintypes", "-w", node.url, "-o", folder]);
  const written = (name: string) => readFileSync(join(folder, "khala-ts", `${name}.d.ts`), "utf8");
  assert.match(written("tx"), /collatorSelection: \{.*registerAsCandidate/s);
  assert.match(written("query"), /collatorSelection: \{.*lastAuthoredBlock/s);
  assert.match(written("runtime"), /collatorApi: \{.*sessionStatus/s);
  assert.match(written("types"), /SpConsensusGrandpa|PalletCollatorSelection/);
});
