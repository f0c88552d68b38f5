import assert from "node:assert/strict";
import {test} from "node:test";
import {binaryToBytes, bytesToHex, unwrap} from "#base";
import {itemKey} from "#primitives";
import {coreForTests, FIRST_SLOT} from "../test-kit/core-for-tests.ts";
import {signedCall} from "../test-kit/signed-call.ts";
import {pastBlock} from "./past-block.ts";
import {replayPart} from "./replay-part.ts";

const HOST = {verifySignature: () => true};

/** A block with two payments of Alice's to Bob. */
async function twoPayments() {
  const node = await coreForTests(["Alice", "Bob", "Charlie", "Dave"]);
  const {core, crypto} = node;
  for (const nonce of [0, 1]) {
    const args = {dest: new Uint8Array(32).fill(9), value: 10n ** 13n};
    const named = {call: "Balances.transfer_keep_alive", args};
    unwrap(
      await core.pool.submit("External", signedCall(core, crypto, {uri: "//Alice", nonce}, named)),
    );
  }
  const {hash} = await node.make(FIRST_SLOT);
  const block = unwrap(pastBlock(core.chain, hash)!);
  return {...node, hash, block, first: block.body.length - 2};
}

test("a part is replayed on what those before it left, and what it read before costs the proof nothing again", async () => {
  const {block, first, crypto} = await twoPayments();
  const [one, two] = [first, first + 1].map(part => replayPart(block, part, HOST));
  for (const {answer, failure} of [one!, two!]) {
    assert.deepEqual([answer?.ok && answer.value.ok, failure], [true, undefined]);
  }
  const accounts = bytesToHex(binaryToBytes(itemKey(crypto.hashing, "System", "Account")));
  const newcomer = ({changes}: typeof one & object) =>
    changes.find(({key}) => {
      const hex = bytesToHex(binaryToBytes(key));
      return hex.startsWith(accounts) && hex.endsWith("09".repeat(32));
    })!;
  assert.equal(newcomer(one!).was, undefined);
  assert.deepEqual(newcomer(two!).was, newcomer(one!).is);
  assert.notDeepEqual(newcomer(two!).is, newcomer(two!).was);
  assert.ok(one!.proofSize > two!.proofSize, `${one!.proofSize} ${two!.proofSize}`);
});

test("all parts together come to what the block's state says", async () => {
  const {core, hash, block} = await twoPayments();
  const after = core.chain.state(hash)!;
  const parts = ["beginning" as const, ...block.body.keys()];
  const last = new Map(
    parts.flatMap(part => replayPart(block, part, HOST).changes.map(({key, is}) => [key, is])),
  );
  // What the end of a block takes away again is no extrinsic's.
  const kept = [...last].filter(([key]) => after.get(key) !== undefined);
  assert.ok(kept.length > 8);
  const differing = kept.filter(
    ([key, is]) => is === undefined || bytesToHex(is) !== bytesToHex(after.get(key)!),
  );
  assert.deepEqual(
    differing.map(([key]) => bytesToHex(binaryToBytes(key))),
    [],
  );
});

test("what the runtime gives up over is told, of the part or of one before it", async () => {
  const {block, first} = await twoPayments();
  const spoilt = {...block, body: [...block.body.slice(0, first), Uint8Array.of(4, 255)]};
  const {failure, changes} = replayPart(spoilt, first, HOST);
  assert.equal(failure?.code, "trap");
  assert.deepEqual(changes, []);
  const before = replayPart(
    {...spoilt, body: [...spoilt.body, block.body[first]!]},
    first + 1,
    HOST,
  );
  assert.equal(before.failure?.code, "trap");
});
