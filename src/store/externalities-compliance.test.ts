import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after} from "node:test";
import {unwrap} from "#base";
import {Overlay} from "#state";
import {externalitiesCompliance} from "../state/externalities-compliance.ts";
import {stateOf} from "../state/model-for-tests.ts";
import {hash} from "./chain-for-tests.ts";
import {chainFolders} from "./layout.ts";
import {openChainStore} from "./open-chain-store.ts";

const root = mkdtempSync(join(tmpdir(), "khala-externalities-"));
after(() => rmSync(root, {recursive: true}));
let made = 0;

externalitiesCompliance("an overlay over a state on disk, opened again", async base => {
  const state = stateOf(base);
  const header = state.root();
  const block = {hash: header, number: 0, parentHash: header, header, body: [], state};
  const folders = chainFolders(join(root, String(made++)), "test");
  const open = async () =>
    unwrap(await openChainStore(folders, {hash: block.hash, build: () => block}, hash));
  await (await open()).close();
  const {store, close} = await open();
  return {state: new Overlay(store.stateAt(block.hash)!), close};
});
