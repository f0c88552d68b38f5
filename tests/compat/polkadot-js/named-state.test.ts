import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {RawClient} from "../support/raw-client.ts";
import {type Dev, freeOf, PHA, pairOf, startDev} from "./kit.ts";

let dev: Dev;
let client: RawClient;
before(async () => {
  dev = await startDev("--seal=manual");
  client = await RawClient.open(dev.url);
});
after(async () => {
  await client.close();
  await dev.close();
});

/** The client's own additions; and events, whose JSON does not say what they are made of. */
const LEFT_OUT = ["substrate", "palletVersion", "events"];

/** All that the client can read, as it shows it in JSON. */
async function stateInJson(): Promise<Record<string, Record<string, unknown>>> {
  const state: Record<string, Record<string, unknown>> = {};
  for (const [pallet, items] of Object.entries(dev.api.query)) {
    if (LEFT_OUT.includes(pallet)) continue;
    state[pallet] = {};
    for (const [item, query] of Object.entries(items)) {
      if (LEFT_OUT.includes(item) || query.creator === undefined) continue;
      if (query.creator.meta.type.isMap) {
        const entries = await query.entries();
        state[pallet][item] = entries.map(([key, value]) => [
          key.args.map(arg => arg.toJSON()),
          value.toJSON(),
        ]);
      } else {
        const size = await query.size();
        if (!size.isZero()) state[pallet][item] = (await query()).toJSON();
      }
    }
    if (Object.keys(state[pallet]).length === 0) delete state[pallet];
  }
  return state;
}

const everything = async () => {
  const keys = await client.call<string[]>("state_getKeysPaged", "0x", 1_000);
  assert.ok(keys.length < 1_000);
  return Promise.all(
    keys.map(async key => [key, await client.call<string>("state_getStorage", key)] as const),
  );
};

test("what the client shows of the whole state in JSON is written back by names to the same bytes", async () => {
  await client.call("dev_newBlock", {count: 3});
  const json = await stateInJson();
  const accounts = json.system!.account as unknown[];
  assert.ok(accounts.length > 3 && Object.keys(json).length > 8);
  const before = new Map(await everything());
  await client.call("dev_setStorage", json);
  const changed = (await everything()).filter(([key, value]) => before.get(key) !== value);
  // Written over what the block itself wrote that brings them: new is only the hash of its parent, under its number.
  const [[key, value] = [], ...more] = changed;
  const head = await dev.api.rpc.chain.getHeader();
  const parents = dev.api.query.system!.blockHash!.key(head.number.unwrap().subn(1));
  assert.deepEqual([key, value, more], [parents, head.parentHash.toHex(), []]);
});

test("an account is given money as chopsticks does it, and can spend it", async () => {
  const {api} = dev;
  const poor = pairOf("//Nobody");
  await client.call("dev_setStorage", {
    System: {Account: [[[poor.address], {providers: 1, data: {free: "16000000000000"}}]]},
  });
  assert.equal(await freeOf(api, poor), 16n * PHA);
  await api.tx.balances.transferKeepAlive(pairOf("//Bob").address, PHA).signAndSend(poor);
  await client.call("dev_newBlock");
  const left = await freeOf(api, poor);
  assert.ok(left < 15n * PHA && left > 14n * PHA, String(left));
});

test("all of an item is removed, lists and single values are set", async () => {
  const {api} = dev;
  const {address} = pairOf("//Nobody");
  await client.call("dev_setStorage", {
    CollatorSelection: {
      $removePrefix: ["LastAuthoredBlock"],
      Candidates: [{who: address, deposit: 5}],
    },
    Sudo: {Key: address},
  });
  assert.deepEqual((await api.query.collatorSelection!.candidates!()).toJSON(), [
    {who: address, deposit: 5},
  ]);
  assert.equal((await api.query.sudo!.key!()).toString(), address);
  assert.deepEqual(await api.query.collatorSelection!.lastAuthoredBlock!.entries(), []);
});
