import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, hex, ok, unwrap} from "#base";
import {encode} from "#codec";
import {createPortableHashing} from "#crypto";
import {
  DEFAULT_VALIDITY,
  type Header,
  header as headerCodec,
  transactionValidity,
} from "#primitives";
import {memoryState, Overlay} from "#state";
import {initializeBlock, validateTransaction} from "./calls.ts";
import type {Runtime, RuntimeHost} from "./runtime.ts";

const CORE = hex("0xdf6acb689907609b");
const QUEUE = hex("0xd2bc9897eed08f15");

/** A runtime with these versions of APIs that answers with the bytes given, and the arguments that it was called with. */
function runtimeOf(apis: [Uint8Array, number][], answer: Uint8Array) {
  const asked: Uint8Array[] = [];
  const runtime = {
    version: {apis},
    call(_: string, args: Uint8Array) {
      asked.push(args);
      return ok(answer);
    },
  } as unknown as Runtime;
  return {runtime, asked};
}

const host: RuntimeHost = {
  state: new Overlay(memoryState([], createPortableHashing().blake2b256)),
  verifySignature: () => false,
};
const nothing = new Uint8Array(32);
const header: Header = {
  parentHash: nothing,
  number: 1,
  stateRoot: nothing,
  extrinsicsRoot: nothing,
  digest: [],
};

test("from version 5 of Core on, opening a block says which extrinsics it takes; before, all", () => {
  const modes = [
    [4, Uint8Array.of(), "AllExtrinsics"],
    [5, Uint8Array.of(0), "AllExtrinsics"],
    [5, Uint8Array.of(1), "OnlyInherents"],
  ] as const;
  for (const [version, answer, mode] of modes) {
    const {runtime} = runtimeOf([[CORE, version]], answer);
    assert.equal(unwrap(initializeBlock(runtime, host, header)), mode);
  }
  const {runtime} = runtimeOf([[CORE, 5]], Uint8Array.of(2));
  assert.equal(initializeBlock(runtime, host, header).ok, false);
});

test("a queue of version 2 is asked in the block after, and without its hash, which it would trap on", () => {
  const valid = encode(transactionValidity, ok(DEFAULT_VALIDITY));
  const at = {number: 7, hash: new Uint8Array(32).fill(9)};
  const transaction = {source: "External", tx: Uint8Array.of(4, 0), at} as const;
  const asked = (version: number) => {
    const called = runtimeOf([[QUEUE, version]], valid);
    const answer = validateTransaction(called.runtime, host, transaction);
    assert.deepEqual(unwrap(answer), ok(DEFAULT_VALIDITY));
    return called.asked.map(args => bytesToHex(args));
  };
  const next = {...header, parentHash: at.hash, number: 8};
  assert.deepEqual(asked(2), [bytesToHex(encode(headerCodec, next)), "0x020400"]);
  assert.deepEqual(asked(3), [`0x020400${"09".repeat(32)}`]);
});
