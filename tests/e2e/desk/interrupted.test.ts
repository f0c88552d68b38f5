import assert from "node:assert/strict";
import {join} from "node:path";
import {after, before, test} from "node:test";
import type {Call} from "@polkadot/types/interfaces";
import {type DeskChain, startDeskChain} from "../../support/desk-chain.ts";
import {watchKhala} from "../../support/khala-run.ts";
import {connect, pairs} from "../../support/polkadot.ts";

let chain: DeskChain;

before(async () => {
  chain = await startDeskChain();
});
after(() => chain?.stop());

const joinArgs = (...args: string[]) => [
  "collator",
  "join",
  `--url=${chain.node.url}`,
  `--base-path=${chain.basePath}`,
  ...args,
];
const watch = (...args: string[]) =>
  watchKhala(joinArgs(...args), {XDG_STATE_HOME: join(chain.folder, "state")});

test("a wallet elsewhere signs the printed call, and the command sees it on the chain", async () => {
  const dave = (await pairs())("//Dave");
  const run = watch(`--account=${dave.address}`, "--print-call");
  const hex = await run.line(/^0x[0-9a-f]+$/);
  await run.line(/^waiting for it on the chain/);
  const api = await connect(chain.alice.url);
  const call = api.registry.createType<Call>("Call", hex);
  assert.equal(`${call.section}.${call.method}`, "utility.batchAll");
  await api.tx[call.section]![call.method]!(...call.args).signAndSend(dave);
  await run.line(/^queued: session \d+ now, authoring from session \d+, about /);
  await run.interrupt();
  await api.disconnect();
});

test("a run that was interrupted while it waited goes on where it stood", async () => {
  const {code, stdout, stderr} = await chain.run(joinArgs("--suri=//Dave"));
  assert.equal(code, 0, stderr);
  assert.match(stderr, /on the chain and held by the node/);
  assert.doesNotMatch(stderr, /^ {2}sent/m);
  assert.match(stdout, /^authored: block /m);
});

test("one that was interrupted as soon as it had sent sends nothing again", async () => {
  const run = watch("--suri=//Eve");
  await run.line(/^ {2}keys/);
  await run.interrupt();
  const again = await chain.run(joinArgs("--suri=//Eve", "--no-wait"));
  assert.equal(again.code, 0, again.stderr);
  const api = await connect(chain.node.url);
  const account = (await api.query.system!.account!(
    (
      await pairs()
    )("//Eve").address,
  )) as unknown as {
    nonce: {toNumber(): number};
    data: {reserved: {toBigInt(): bigint}};
  };
  // Both calls in one transaction, sent by the first run or by the second.
  assert.equal(account.nonce.toNumber(), 1);
  assert.equal(account.data.reserved.toBigInt(), 16n * 10n ** 12n);
  await api.disconnect();
});
