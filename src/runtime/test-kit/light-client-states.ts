import assert from "node:assert/strict";
import {bytesToHex, type Result} from "#base";
import {createPortableHashing} from "#crypto";
import type {RuntimeHost, SignatureRequest} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import {chainCode, createRuntime} from "../chains/index.ts";
import {runCode} from "../code/index.ts";
import {account} from "./accounts.ts";
import {KhalaTestChain} from "./khala-test-chain.ts";

const hashing = createPortableHashing();
export const khala = new KhalaTestChain();
const code = chainCode(khala.chain);
const runtime = createRuntime(khala.chain);

/** Genesis; a few blocks with transactions; and beyond the first session, where the block hash 0 is stored. */
export const states = new Map<string, StateView>([["genesis", khala.view]]);
khala.advance([khala.signed(1, khala.transfer(2, 5n)), khala.signed(2, khala.transfer(3, 7n))]);
khala.advance([khala.signed(1, khala.transfer(2, 5n), {nonce: 1})]);
states.set("block 2", khala.view);
for (const who of [2, 3]) {
  const keys = {aura: account(who), grandpa: account(who)};
  const setKeys = khala.call("Session", "set_keys", {keys, proof: new Uint8Array(0)});
  khala.advance([khala.signed(who, setKeys, {nonce: who === 2 ? 1 : 0})]);
  const register = khala.call("CollatorSelection", "register_as_candidate");
  khala.advance([khala.signed(who, register, {nonce: who === 2 ? 2 : 1})]);
}
while (khala.head.number < 41) khala.advance();
states.set("a rotation later", khala.view);
while (khala.head.number < 83) khala.advance();
states.set("two rotations later", khala.view);

/** A signature holds if its second byte is odd. */
export const holds = (signature: Uint8Array) => signature[1]! % 2 === 1;

/** Both answers, and what signatures each asked about. */
export function askBoth(view: StateView, name: string, args: Uint8Array = new Uint8Array(0)) {
  const asked = {typescript: [] as SignatureRequest[], code: [] as SignatureRequest[]};
  const host: RuntimeHost = {
    state: new Overlay(view),
    verifySignature(request) {
      asked.typescript.push(request);
      return holds(request.signature);
    },
  };
  const typescript = runtime.call(name, args, host);
  const answer = runCode(code, name, args, {
    state: new Overlay(view),
    hashing,
    signatures: {
      verify(scheme, signature, message, publicKey) {
        asked.code.push({scheme, signature, message, account: publicKey});
        return holds(signature);
      },
      ecdsaRecoverHashed: () => undefined,
    },
  });
  return {typescript, code: answer, asked};
}

/** The bytes of an answer; a call that fails fails in both, whatever the reason is called. */
export const outcome = (answer: Result<Uint8Array, {code: string}>) =>
  answer.ok ? bytesToHex(answer.value) : "no answer";

export function assertSame(view: StateView, name: string, args?: Uint8Array): void {
  const answers = askBoth(view, name, args);
  assert.equal(outcome(answers.code), outcome(answers.typescript), name);
  assert.deepEqual(answers.asked.code, answers.asked.typescript);
}
