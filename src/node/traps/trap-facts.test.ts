import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, bytesToHex, unwrap, utf8Bytes} from "#base";
import {encode, u8} from "#codec";
import {bareExtrinsic, encodeCall, findItem, storageKey} from "#description";
import type {Header} from "#primitives";
import {block, type TrapPlace} from "#runtime-api";
import {descriptionOf, hashing, khala} from "../../description/test-kit/our-metadata.ts";
import {trapFacts} from "./trap-facts.ts";

const description = descriptionOf(khala);
const remark = unwrap(
  encodeCall(description, {call: "System.remark", args: {remark: utf8Bytes("words")}}),
);
const extrinsic = bareExtrinsic(description, remark);
const HASH = bytesToHex(hashing.blake2b256(extrinsic));
const keyOf = (name: string, ...keys: unknown[]) =>
  unwrap(storageKey(findItem(description, name)!, keys, hashing));
const ALICE = new Uint8Array(32).fill(7);

const nothing = new Uint8Array(32);
const header: Header = {
  parentHash: nothing,
  number: 1,
  stateRoot: nothing,
  extrinsicsRoot: nothing,
  digest: [],
};
const timestamp = bareExtrinsic(
  description,
  unwrap(encodeCall(description, {call: "Timestamp.set", args: {now: 1n}})),
);

function factsOf(
  name: string,
  args: Uint8Array,
  {phase, place, isDescribed = true}: {phase?: number[]; place?: TrapPlace; isDescribed?: boolean},
) {
  const state = {
    get: (key: string) =>
      phase !== undefined && key === keyOf("System.ExecutionPhase")
        ? Uint8Array.from(phase)
        : undefined,
  };
  const trap = {code: "trap", name, message: "it panicked", ...(place && {place})} as const;
  return trapFacts(trap, args, {
    state,
    description: isDescribed ? description : undefined,
    hashing,
  });
}

test("the extrinsic is told by its place in the block and its call, or that none was being applied", () => {
  const args = encode(block, {header, extrinsics: [timestamp, extrinsic]});
  const applying = factsOf("Core_execute_block", args, {phase: [0, 1, 0, 0, 0]});
  assert.deepEqual(applying, [["extrinsic", `1: System.remark (${HASH})`]]);
  const ending = factsOf("Core_execute_block", args, {phase: [1]});
  assert.deepEqual(ending, [["extrinsic", "none any more: the block was being ended"]]);
  const beginning = factsOf("Core_execute_block", args, {phase: [2]});
  assert.deepEqual(beginning, [["extrinsic", "none yet: the block was being begun"]]);
  assert.deepEqual(factsOf("Core_execute_block", args, {}), []);
  assert.deepEqual(factsOf("Core_execute_block", args, {phase: [0, 9, 0, 0, 0]}), []);
  const alone = factsOf("BlockBuilder_apply_extrinsic", extrinsic, {phase: [0, 4, 0, 0, 0]});
  assert.deepEqual(alone, [["extrinsic", `4: System.remark (${HASH})`]]);
  const validated = Uint8Array.from([...encode(u8, 2), ...extrinsic, ...nothing]);
  const asked = factsOf("TaggedTransactionQueue_validate_transaction", validated, {});
  assert.deepEqual(asked, [["extrinsic", `System.remark (${HASH})`]]);
  assert.deepEqual(factsOf("Core_version", new Uint8Array(0), {phase: [0, 1, 0, 0, 0]}), []);
});

test("an extrinsic that nobody describes, or that is long, is told by its hash and how it begins", () => {
  const undescribed = factsOf("BlockBuilder_apply_extrinsic", extrinsic, {isDescribed: false});
  assert.deepEqual(undescribed, [["extrinsic", `${HASH}, ${bytesToHex(extrinsic)}`]]);
  const long = new Uint8Array(100_000).fill(1);
  const [[, told]] = factsOf("BlockBuilder_apply_extrinsic", long, {}) as [[string, string]];
  assert.match(told, /^0x[0-9a-f]{64}, 0x(?:01){32}… \(100000 bytes\)$/);
});

test("storage is told by pallet and item, a child trie by its name, and what nobody describes by its bytes", () => {
  const account = keyOf("System.Account", ALICE);
  const touched: TrapPlace["touched"] = [
    {kind: "write", key: account},
    {kind: "write", key: account},
    {kind: "read", key: keyOf("Timestamp.Now")},
    {kind: "read", key: ":code"},
    {kind: "clear", key: "k", child: "child"},
    {kind: "next", key: bytesToBinary(new Uint8Array(200))},
  ];
  const [[label, told]] = factsOf("Core_version", new Uint8Array(0), {
    place: {stack: [], touched},
  }) as [[string, string]];
  assert.equal(label, "storage");
  const hashed = bytesToHex(hashing.blake2b128(ALICE)).slice(2);
  assert.deepEqual(told.split(", "), [
    `wrote System.Account[0x${hashed}${"07".repeat(16)}… (48 bytes)]`,
    "read Timestamp.Now",
    "read :code",
    "cleared 0x6b of child trie 0x6368696c64",
    `looked after 0x${"00".repeat(32)}… (200 bytes)`,
  ]);
});

test("of a long stack the innermost part is told", () => {
  const stack = Array.from({length: 20}, (_, i) => `f${i}`);
  const facts = factsOf("Core_version", new Uint8Array(0), {place: {stack, touched: []}});
  const [[, told]] = facts as [[string, string]];
  assert.equal(told, `${stack.slice(0, 12).join(" < ")} < …`);
});
