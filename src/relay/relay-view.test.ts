import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, millis, unwrap} from "#base";
import {bytes, decode, encode, u32, u64} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {type ChainDescription, describe} from "#description";
import {verifyProof} from "#trie";
import {genuineMetadata} from "../description/test-kit/genuine-metadata.ts";
import {judgeView} from "./judge-view.ts";
import {relayKeys} from "./relay-keys.ts";
import {
  RELAY_SLOT,
  type RelayView,
  type RelayWorld,
  relayLifetime,
  relayView,
} from "./relay-view.ts";
import {rootMessage} from "./root-message.ts";
import {
  findValidationData,
  readValidationData,
  type ValidationDataCall,
  validationDataArguments,
  validationDataCall,
  validationDataInherent,
} from "./validation-data.ts";

const {hashing} = await createNativeCrypto();
const world: RelayWorld = {
  paraId: 2_004,
  offset: 283_000_000,
  parentHead: new Uint8Array(150).fill(7),
  slotBegins: millis(1_700_400_012_000),
  hasPendingCode: false,
  downwardHead: undefined,
  channels: [],
};
const hub = unwrap(describe(await genuineMetadata(["v15", "asset-hub-polkadot"])));
const call = validationDataCall(hub)!;

const worlds = fc.record({
  paraId: fc.nat(0xffff_ffff),
  offset: fc.nat(280_000_000),
  parentHead: fc.uint8Array({maxLength: 300}),
  slotBegins: fc.integer({min: 283_400_000 * RELAY_SLOT, max: 2 ** 42}).map(millis),
  hasPendingCode: fc.boolean(),
  downwardHead: fc.option(fc.uint8Array({minLength: 32, maxLength: 32}), {nil: undefined}),
  channels: fc.uniqueArray(
    fc.record({
      sender: fc.nat(0xffff),
      head: fc.uint8Array({minLength: 32, maxLength: 32}),
    }),
    {maxLength: 3, selector: ({sender}) => sender},
  ),
});

/** What the proof says under the view's root. */
function provenIn(view: RelayView, keys: readonly string[]) {
  return unwrap(verifyProof(data => hashing.blake2b256(data), view.root, view.proof, keys));
}

test("a view proves what its world says, and that nothing else is so", () => {
  fc.assert(
    fc.property(worlds, given => {
      const view = unwrap(relayView(given, hashing));
      const keys = relayKeys(hashing, given.paraId);
      const {sender} = given.channels[0] ?? {sender: 1};
      const channel = keys.channelFrom(sender);
      const asked = [keys.head, keys.currentSlot, keys.goAhead, keys.downwardHead, channel];
      const proven = provenIn(view, [...asked, keys.ingress]);
      const slot = Math.floor(given.slotBegins / RELAY_SLOT);
      assert.equal(view.slot, slot);
      assert.equal(view.number, slot - given.offset);
      assert.deepEqual(unwrap(decode(bytes, proven.get(keys.head)!)), given.parentHead);
      assert.equal(unwrap(decode(u64, proven.get(keys.currentSlot)!)), BigInt(slot));
      assert.equal(proven.get(keys.goAhead) !== undefined, given.hasPendingCode);
      assert.deepEqual(proven.get(keys.downwardHead), given.downwardHead);
      assert.equal(proven.get(channel) !== undefined, given.channels.length > 0);
    }),
  );
});

test("a slot that no relay block's number of 32 bits stands for has no view", () => {
  const {offset} = world;
  const {first, end} = relayLifetime(offset);
  const at = (moment: number) => relayView({...world, slotBegins: millis(moment)}, hashing);
  assert.equal(unwrap(at(first)).number, 0);
  assert.equal(unwrap(at(end - 1)).number, 0xffff_ffff);
  for (const moment of [0, first - 1, end, 2 ** 52]) {
    const seen = at(moment);
    assert.deepEqual(seen.ok || seen.error, {slotBegins: moment, first, end});
  }
});

test("messages that are sent down stand in the view, and lengthen the chain of those before", () => {
  const head = new Uint8Array(32).fill(3);
  const [first, second] = [Uint8Array.of(1, 2), new Uint8Array(70)];
  const extended = (before: Uint8Array, number: number, message: Uint8Array) =>
    hashing.blake2b256(
      Uint8Array.of(
        ...before,
        ...encode(u32, number),
        ...hashing.blake2b256(encode(bytes, message)),
      ),
    );
  const headOf = (given: RelayWorld) => {
    const view = unwrap(relayView(given, hashing));
    const {downwardHead} = relayKeys(hashing, given.paraId);
    return {view, head: provenIn(view, [downwardHead]).get(downwardHead)};
  };
  const both = headOf({...world, downwardHead: head, downward: [first, second]});
  const {number} = both.view;
  assert.deepEqual(both.head, extended(extended(head, number, first), number, second));
  assert.deepEqual(
    both.view.downward.map(({sentAt}) => sentAt),
    [number, number],
  );
  const fresh = headOf({...world, downward: [first]});
  assert.deepEqual(fresh.head, extended(new Uint8Array(32), number, first));
  // Before the fields that came later, and behind the proof, as all generations have them.
  const rest = unwrap(readValidationData(validationDataInherent(fresh.view, call))).rest;
  const later = new Uint8Array(call.nothingInData - 1);
  assert.deepEqual(
    rest,
    Uint8Array.of(4, ...encode(u32, number), ...encode(bytes, first), ...later),
  );
});

test("a message of root's is written in the newest form that the runtime takes, with the call in it", () => {
  const remark = Uint8Array.of(0, 1, 8, 7, 7);
  const message = bytesToHex(rootMessage(hub, remark)!);
  assert.match(message, /^0x0[3-5]08/);
  assert.ok(message.endsWith(bytesToHex(encode(bytes, remark)).slice(2)));
  assert.equal(rootMessage({...hub, pallets: []}, remark), undefined);
});

test("views of the same world are the same to the byte, those of others are not", () => {
  const inherent = (given: RelayWorld) =>
    bytesToHex(validationDataInherent(unwrap(relayView(given, hashing)), call));
  assert.equal(inherent(world), inherent({...world, parentHead: world.parentHead.slice()}));
  const others: Partial<RelayWorld>[] = [
    {paraId: 1},
    {offset: 1},
    {parentHead: new Uint8Array(1)},
    {slotBegins: millis(world.slotBegins + RELAY_SLOT)},
    {hasPendingCode: true},
    {downwardHead: new Uint8Array(32)},
    {channels: [{sender: 1, head: new Uint8Array(32)}]},
  ];
  for (const other of others) assert.notEqual(inherent(world), inherent({...world, ...other}));
});

test("nodes of a proof come in the order of their bytes: runtimes write them as a set", () => {
  const proof = unwrap(relayView(world, hashing)).proof.map(bytesToHex);
  assert.ok(proof.length > 1);
  assert.deepEqual(proof, [...new Set(proof)].sort());
});

/** An extrinsic without a signer that calls with these arguments. */
function extrinsicOf(args: Uint8Array, {found: {pallet, variant}} = call, version = 4) {
  return encode(bytes, Uint8Array.of(version, pallet.index, variant.index, ...args));
}

const view = unwrap(relayView(world, hashing));
const right = validationDataArguments(view, call);
const timestamp = encode(bytes, Uint8Array.of(4, 3, 0, 11));

function faultOf(extrinsics: readonly Uint8Array[]): string {
  const judged = judgeView(extrinsics, view, call, hashing);
  return judged.ok ? "none" : judged.error.code;
}

test("a block that is told what its nodes see is taken, whatever else is in it", () => {
  assert.equal(faultOf([timestamp, extrinsicOf(right)]), "none");
  assert.equal(faultOf([extrinsicOf(right, call, 5), timestamp]), "none");
});

test("a block that lies about the relay chain is refused, by what it lies about", () => {
  const other = (changed: Partial<RelayWorld>) =>
    extrinsicOf(validationDataArguments(unwrap(relayView({...world, ...changed}, hashing)), call));
  assert.equal(faultOf([timestamp]), "relay-view-missing");
  assert.equal(faultOf([extrinsicOf(right), extrinsicOf(right)]), "relay-view-missing");
  assert.equal(faultOf([extrinsicOf(right, call, 0x84)]), "relay-view-missing");
  assert.equal(faultOf([extrinsicOf(right.subarray(0, 100))]), "relay-view-unreadable");
  assert.equal(faultOf([other({parentHead: new Uint8Array(9)})]), "relay-parent-wrong");
  assert.equal(faultOf([other({offset: world.offset + 1})]), "relay-number-wrong");
  const later = {
    slotBegins: millis(world.slotBegins + RELAY_SLOT),
    offset: world.offset + 1,
  };
  assert.equal(faultOf([other(later)]), "relay-slot-wrong");
  assert.equal(faultOf([other({hasPendingCode: true})]), "relay-root-wrong");
  const read = unwrap(readValidationData(right));
  const cut = right.slice();
  cut[right.length - read.rest.length - 1]! ^= 1;
  assert.equal(faultOf([extrinsicOf(cut)]), "relay-proof-wrong");
  const withMessage = right.slice();
  withMessage[right.length - 1] = 4;
  assert.equal(faultOf([extrinsicOf(withMessage)]), "relay-messages-wrong");
});

test("arguments are found by the call's place and read as they were written", () => {
  const found = unwrap(findValidationData([timestamp, extrinsicOf(right)], call));
  const read = unwrap(readValidationData(found));
  assert.deepEqual(read.parentHead, world.parentHead);
  assert.equal(read.relayParentNumber, view.number);
  assert.deepEqual(read.relayParentStorageRoot, view.root);
  assert.deepEqual(read.proof, view.proof);
});

/** The hub's description with other arguments of the call. */
function withArguments(...types: readonly (readonly string[])[]): ValidationDataCall | undefined {
  const {pallet, variant} = call.found;
  const fields = types.map((names, i) => ({
    name: `argument_${i}`,
    type: {
      ...u32.info,
      def: {kind: "composite", fields: names.map(name => ({name, type: u32.info}))},
    },
  }));
  const calls = {
    ...pallet.calls!,
    def: {kind: "variant", variants: [{...variant, fields}]},
  };
  const pallets = [{...pallet, calls}];
  return validationDataCall({...hub, pallets} as unknown as ChainDescription);
}

test("fields that came later are known by their names, in either shape of the call", () => {
  const facts = ["validation_data", "relay_chain_state"];
  const messages = ["downward_messages", "horizontal_messages"];
  const later = ["relay_parent_descendants", "collator_peer_id"];
  const sizes = (given: ValidationDataCall | undefined) =>
    given && [given.nothingInData, given.nothingInCall];
  assert.deepEqual(sizes(withArguments([...facts, ...messages])), [2, 2]);
  assert.deepEqual(sizes(withArguments([...facts, ...messages, later[0]!])), [3, 3]);
  assert.deepEqual(sizes(withArguments([...facts, ...later], ["downward"])), [4, 6]);
  assert.equal(validationDataCall({...hub, pallets: []}), undefined);
});
