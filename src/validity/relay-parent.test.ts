import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {bareExtrinsic, describe, encodeCall} from "#description";
import {genuineMetadata} from "../description/test-kit/genuine-metadata.ts";
import {relayParentIn} from "./relay-parent.ts";

const assetHub = unwrap(describe(await genuineMetadata(["v15", "asset-hub-polkadot"])));
const parentHead = new Uint8Array(100).fill(5);
const storageRoot = new Uint8Array(32).fill(6);
const call = unwrap(
  encodeCall(assetHub, {
    call: "ParachainSystem.set_validation_data",
    args: {
      data: {
        validationData: {
          parentHead,
          relayParentNumber: 1_234_567,
          relayParentStorageRoot: storageRoot,
          maxPovSize: 1,
        },
        relayChainState: {trieNodes: []},
        relayParentDescendants: [],
        collatorPeerId: undefined,
      },
      inboundMessagesData: {
        downwardMessages: {fullMessages: [], hashedMessages: []},
        horizontalMessages: {fullMessages: [], hashedMessages: []},
      },
    },
  }),
);
const inherent = bareExtrinsic(assetHub, call);
const timestamp = bareExtrinsic(
  assetHub,
  unwrap(encodeCall(assetHub, {call: "Timestamp.set", args: {now: 5n}})),
);
const signed = Uint8Array.of(8, 0x84, 0);

test("the relay chain's block that a block was made for is read from its own extrinsic, wherever that stands", () => {
  const expected = {number: 1_234_567, storageRoot};
  assert.deepEqual(relayParentIn(assetHub, [inherent]), expected);
  assert.deepEqual(relayParentIn(assetHub, [timestamp, signed, inherent]), expected);
});

test("of a block that has none, two, or one that ends too soon, nothing is said", () => {
  assert.equal(relayParentIn(assetHub, []), undefined);
  assert.equal(relayParentIn(assetHub, [timestamp, signed]), undefined);
  assert.equal(relayParentIn(assetHub, [inherent, inherent]), undefined);
  assert.equal(relayParentIn(assetHub, [inherent.subarray(0, 120)]), undefined);
  // The same bytes, if they were those of a signed one.
  const other = inherent.slice();
  other[2]! |= 0x80;
  assert.equal(relayParentIn(assetHub, [other]), undefined);
  // Nor, after two bytes of length and one of format, those of another pallet or another of its calls.
  for (const at of [3, 4]) {
    const foreign = inherent.slice();
    foreign[at]! ^= 1;
    assert.equal(relayParentIn(assetHub, [foreign]), undefined, `${at}`);
  }
});

test("a chain that publishes no such call has none", async () => {
  const polkadot = unwrap(describe(await genuineMetadata(["v15", "polkadot"])));
  assert.equal(relayParentIn(polkadot, [inherent]), undefined);
});
