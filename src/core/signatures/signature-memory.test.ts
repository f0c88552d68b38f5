import assert from "node:assert/strict";
import {test} from "node:test";
import type {SignatureRequest} from "#runtime-api";
import {SignatureMemory} from "./signature-memory.ts";

const request = (changes: Partial<SignatureRequest> = {}): SignatureRequest => ({
  scheme: "sr25519",
  signature: new Uint8Array(64).fill(1),
  message: Uint8Array.of(1, 2, 3),
  account: new Uint8Array(32).fill(2),
  ...changes,
});

test("a signature that was found good is good for that message, account and scheme, and for no other", () => {
  const memory = new SignatureMemory();
  memory.add(request());
  assert.ok(memory.has(request()));
  const others: Partial<SignatureRequest>[] = [
    {scheme: "ed25519"},
    {signature: new Uint8Array(64).fill(9)},
    {message: Uint8Array.of(1, 2, 4)},
    {message: Uint8Array.of(1, 2)},
    {account: new Uint8Array(32).fill(9)},
    // They begin alike.
    {account: new Uint8Array(32).fill(2).fill(3, 16)},
    {signature: new Uint8Array(64).fill(1).fill(9, 16)},
  ];
  for (const other of others) assert.ok(!memory.has(request(other)));
});

test("a byte of the account does not pass for one of the message, nor one of the signature for one of the account", () => {
  const memory = new SignatureMemory();
  const account = new Uint8Array(32).fill(1);
  memory.add(request({account, message: Uint8Array.of(1, 5, 6)}));
  const others: Partial<SignatureRequest>[] = [
    {account: new Uint8Array(33).fill(1), message: Uint8Array.of(5, 6)},
    {account: new Uint8Array(31).fill(1), message: Uint8Array.of(1, 1, 5, 6)},
    {account: new Uint8Array(33).fill(1)},
    {account: new Uint8Array(31).fill(1)},
    {signature: new Uint8Array(65).fill(1)},
    {signature: new Uint8Array(63).fill(1)},
  ];
  for (const other of others) {
    assert.ok(!memory.has(request({account, message: Uint8Array.of(1, 5, 6), ...other})));
  }
});

test("what is remembered stays when who asked writes over the bytes", () => {
  const memory = new SignatureMemory();
  const message = Uint8Array.of(1, 2, 3);
  memory.add(request({message}));
  message[0] = 7;
  assert.ok(memory.has(request()));
  assert.ok(!memory.has(request({message})));
});

test("another account's claim to the same signature does not push the first one out", () => {
  const memory = new SignatureMemory();
  memory.add(request());
  memory.add(request({account: new Uint8Array(32).fill(3), message: Uint8Array.of(9)}));
  assert.ok(memory.has(request()));
});

test("a message longer than any that a transaction is signed by is not kept", () => {
  const memory = new SignatureMemory();
  const long = request({message: new Uint8Array(1_025)});
  memory.add(long);
  assert.ok(!memory.has(long));
});

test("the oldest is forgotten when there are too many", () => {
  const memory = new SignatureMemory();
  const numbered = (number: number) => {
    const signature = new Uint8Array(64);
    new DataView(signature.buffer).setUint32(0, number);
    return request({signature});
  };
  for (let i = 0; i <= 65_536; i++) memory.add(numbered(i));
  assert.ok(!memory.has(numbered(0)));
  assert.ok(memory.has(numbered(1)));
  assert.ok(memory.has(numbered(65_536)));
});
