import assert from "node:assert/strict";
import {test} from "node:test";
import {encode} from "#codec";
import {createPortableHashing} from "#crypto";
import {header as headerCodec} from "#primitives";
import {startNetwork} from "#testing";
import type {MemoryNode} from "../../src/testing/network/test-node.ts";

const hashing = createPortableHashing();

test("a node that runs twice is found out: every other one keeps both blocks and the proof", async () => {
  const network = await startNetwork({invulnerables: ["alice", "bob", "charlie", "dave"]});
  await network.advanceTo(3);
  await network.node("dave").twin();
  const honest = ["alice", "bob", "charlie"].map(name => network.node(name) as MemoryNode);
  await network.advanceUntil(
    "all know of it",
    () => honest.every(node => node.equivocations().blocks.includes("dave")),
    60_000,
  );
  for (const node of honest) {
    const [proof] = node.core.equivocations.all;
    assert.ok(proof !== undefined);
    const hashes = [proof.first, proof.second].map(one =>
      hashing.blake2b256(encode(headerCodec, one)),
    );
    for (const hash of hashes) {
      assert.ok(node.core.chain.headerBytes(hash) !== undefined, `${node.name} imported both`);
    }
    assert.ok(node.logs().some(({message}) => message.startsWith("equivocation:")));
  }
  // One dishonest node of four is what finality bears.
  const {finalized} = network.node("alice");
  await network.advanceUntil("finality goes on", () =>
    honest.every(node => node.finalized > finalized + 5),
  );
  network.assertSound();
  await network.stop();
});

test("both of the two stop signing once they see it, and stay so over a restart; the others go on", async () => {
  const network = await startNetwork({invulnerables: ["alice", "bob", "charlie", "dave"]});
  await network.advanceTo(3);
  const twin = (await network.node("dave").twin()) as MemoryNode;
  const dave = network.node("dave") as MemoryNode;
  const stops = (node: MemoryNode) =>
    node.logs().filter(({message}) => message.includes("signs nothing here any more"));
  await network.advanceUntil(
    "both stop",
    () => [dave, twin].every(node => stops(node).some(({message}) => message.includes("aura"))),
    120_000,
  );
  await dave.kill();
  await dave.restart();
  const seen = dave.core.equivocations.all.length;
  const {best, finalized} = network.node("alice");
  await network.advance(60_000);
  assert.equal(dave.core.complaint()?.code, "key-stopped");
  assert.equal(twin.core.complaint()?.code, "key-stopped");
  assert.equal(dave.core.equivocations.all.length, seen, "nothing is sealed twice any more");
  assert.ok(
    network.node("alice").best > best + 5 && network.node("alice").finalized > finalized + 5,
  );
  assert.equal(stops(dave).filter(({message}) => message.includes("aura")).length, 1);
  network.assertSound();
  await network.stop();
});
