import assert from "node:assert/strict";
import {test} from "node:test";
import {setTimeout as wait} from "node:timers/promises";
import {startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";

interface StorageJson {
  readonly size: number;
  readonly freeSpace: number;
  readonly growth?: unknown;
  readonly composition?: {
    readonly kinds: readonly {readonly kind: string; readonly entries: number}[];
  };
}

test("a node says what its database takes, and of which kinds", async t => {
  const node = await startKhala(["dev", "--seal=manual", "--rpc-port=0", "--port=0"]);
  t.after(() => node.stop());
  await rpc(node.url, "dev_newBlock", [{count: 20}]);
  const ask = () => rpc<StorageJson>(node.url, "khala_storage", []);
  let status = await ask();
  while (status.composition === undefined) {
    await wait(50);
    status = await ask();
  }
  assert.ok(status.size > 0 && status.freeSpace > 0);
  assert.equal(status.growth, undefined);
  const {kinds} = status.composition;
  const entriesOf = (name: string) => kinds.find(({kind}) => kind === name)?.entries ?? 0;
  // What was made last may not be on the disk yet.
  assert.ok(entriesOf("headers") > 1 && entriesOf("headers") <= 21);
  assert.ok(entriesOf("state nodes") > entriesOf("headers"));
});
