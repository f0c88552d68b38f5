import assert from "node:assert/strict";
import {bytesToHex} from "#base";
import {auraAuthorities} from "#runtime-api";
import type {TestBlock} from "#testing";
import type {MemoryNode} from "../../src/testing/network/test-node.ts";
import type {Scenario} from "./scenario.ts";
import {SelectionModel} from "./selection-model.ts";

/**
 * Goes through the chain from genesis with a model of collator selection that knows nothing of the runtime: sets,
 * kicks and their reasons must be the model's in every block, and so must funds and keys be in order. Answers the
 * number of kicks.
 */
export function checkHistory(node: MemoryNode, {parameters}: Scenario): number {
  const genesis = node.at(0);
  const model = new SelectionModel({
    invulnerables: genesis.invulnerables(),
    session: Number(parameters.session),
    threshold: Number(parameters.kick),
    minimum: Number(parameters.min),
  });
  let kicks = 0;
  for (let number = 1; number <= node.best; number++) {
    const block = node.at(number);
    const where = `block ${number}`;
    const authored = model.begin(number, block.slot!);
    assert.equal(block.author, authored.author, `the author of ${where}`);
    assert.deepEqual(block.kicks(), authored.kicked, `who is kicked at ${where}`);
    kicks += authored.kicked.length;
    for (const {name, fields, extrinsic} of block.events("CollatorSelection")) {
      if (extrinsic === undefined) continue;
      const {accountId} = fields as {accountId: string};
      if (name === "CollatorSelection.CandidateAdded") model.join(number, accountId);
      if (name === "CollatorSelection.CandidateRemoved") model.leave(accountId);
    }
    assert.deepEqual(block.validators(), model.validators, `the authors after ${where}`);
    assert.deepEqual(block.queued(), model.queued, `the next authors after ${where}`);
    assert.deepEqual(block.candidates(), model.candidates, `the candidates after ${where}`);
    checkFunds(block);
  }
  checkKeys(node);
  return kicks;
}

/** Nothing came from nowhere, and what is reserved are the bonds of the candidates and nothing else. */
function checkFunds(block: TestBlock): void {
  const {total, held} = block.issuance();
  assert.equal(held, total, `what accounts hold at block ${block.number}`);
  const bonded = new Set(block.candidates());
  for (const name of [...block.validators(), ...bonded]) {
    const {reserved} = block.balanceOf(name);
    assert.equal(reserved, block.bondOf(name) ?? 0n, `${name}'s bond at block ${block.number}`);
  }
}

/** The keys that seals are checked against are those of the authors, in their order. */
function checkKeys(node: MemoryNode): void {
  const {chain} = node.core;
  const {state} = chain.head;
  const runtime = chain.runtimeOf(state);
  assert.ok(runtime.ok);
  const keys = auraAuthorities(runtime.value, chain.host(state, {verifySignature: () => false}));
  assert.ok(keys.ok);
  const expected = node
    .at()
    .validators()
    .map(name => node.keyOf(name));
  assert.deepEqual(keys.value.map(bytesToHex), expected, "the keys of the authors");
}
