import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {memoryState} from "#state";
import {hash} from "./chain-for-tests.ts";
import {chainFolders} from "./layout.ts";
import {openChainStore} from "./open-chain-store.ts";

const root = mkdtempSync(join(tmpdir(), "khala-empty-state-"));
after(() => rmSync(root, {recursive: true}));

test("a state with nothing in it is kept, and is not taken for a block that came without its state", async () => {
  const state = memoryState([], hash);
  const header = state.root();
  const block = {hash: header, number: 0, parentHash: header, header, body: [], state};
  const open = async () =>
    unwrap(
      await openChainStore(chainFolders(root, "test"), {hash: header, build: () => block}, hash),
    );
  await (await open()).close();
  const {store, close} = await open();
  assert.deepEqual(store.stateAt(header)?.root(), state.root());
  await close();
});
