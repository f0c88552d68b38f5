import assert from "node:assert/strict";
import {test} from "node:test";
import {type Hex, hex, unwrap} from "#base";
import {decode} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {memoryState, Overlay} from "#state";
import {composeRhala} from "./rhala.ts";

/*
 * What random calls on the genuine runtime and on ours (tests/genuine/differential) brought to light, held here without it: calls of
 * Alice's, and what the genuine runtime made of them.
 */

const {hashing} = await createNativeCrypto();
const chain = composeRhala(hashing);
const ALICE = hex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
const BOB = hex("0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");
/** Of an extrinsic besides its call; that runtime counts it in what it says in events. */
const BASE = 99_840_000n;

function dispatched(bytes: Hex, caller: "signed" | "root" = "signed") {
  const {call, args} = unwrap(decode(chain.composition.runtimeCall, hex(bytes)));
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  const who = caller === "root" ? {type: "Root"} : {type: "Signed", value: ALICE};
  const result = call.dispatch(state, {caller: who, filter: () => true} as never, args);
  const {actualWeight} = result.ok ? result.value : result.error.post;
  const declared = call.info(args).weight.refTime;
  const spent = actualWeight?.refTime ?? declared;
  return {result, state, refTime: BASE + (spent < declared ? spent : declared)};
}

/** Calls, and `dispatchInfo.weight.refTime` of the event that they ended with. */
const WEIGHED: readonly (readonly [what: string, call: Hex, refTime: bigint])[] = [
  ["dispatch_as of a remark", "0x03030000000000", 111_211_000n],
  [
    "as_derivative of a batch_all whose second of three calls fails",
    "0x0301000003020c0000003401000000",
    834_400_163n,
  ],
  ["batch_all of a batch_all, which it refuses", "0x030204030204000000", 137_601_544n],
  [
    "batch that ends at a batch_all in a batch_all",
    "0x03000c000000030204030200000000",
    157_275_300n,
  ],
  ["batch_all that ends at its second call", "0x03020c000000030204000000000000", 143_437_435n],
];

for (const [what, call, refTime] of WEIGHED) {
  test(`rhala 1241: a ${what} weighs what it did there`, () => {
    assert.equal(dispatched(call).refTime, refTime);
  });
}

test("rhala 1241: balances whose sum outgrows its type wipe the account out, as a sum does that is not looked at", () => {
  for (const parts of [
    "0701e40b540233feffffffffffffffffffffffffffffff",
    "33feffffffffffffffffffffffffffffff14",
  ]) {
    const bob = "008eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";
    const {result, state} = dispatched(`0x2801${bob}${parts}`, "root");
    assert.ok(result.ok);
    assert.equal(chain.system.storage.account.get(state, BOB).data.free, 0n);
  }
});

test("rhala 1241: what is issued by writing a balance is as much as fits", () => {
  // Free of all but one that 128 bits hold, and reserved of as much as that leaves, twice.
  const most = "33feffffffffffffffffffffffffffffff";
  const bytes = hex(
    `0x2801008eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48${most}04`,
  );
  const {call, args} = unwrap(decode(chain.composition.runtimeCall, bytes));
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  chain.balances.storage.totalIssuance.set(state, 5n);
  const root = {caller: {type: "Root"}, filter: () => true} as never;
  assert.ok(call.dispatch(state, root, args).ok);
  assert.equal(chain.balances.storage.totalIssuance.get(state), (1n << 128n) - 1n);
});
