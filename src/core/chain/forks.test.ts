import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, millis, silentLogger, unwrap} from "#base";
import {encode} from "#codec";
import {sealDigest} from "#consensus";
import {type Header, header as headerCodec} from "#primitives";
import {EquivocationRecords} from "../equivocations/equivocation-records.ts";
import {type CoreForTests, coreForTests, FIRST_SLOT, SLOT} from "../test-kit/core-for-tests.ts";
import type {BestChange} from "./chain-events.ts";

// The local chain's authorities take turns: which slot is whose follows from this.
const NAMES = ["Alice", "Bob", "Charlie", "Dave"];

/** Two nodes that hold all keys but never the same slot, and so build forks of one chain. */
async function twoNodes(): Promise<[CoreForTests, CoreForTests]> {
  return [await coreForTests(NAMES), await coreForTests(NAMES)];
}

async function failureOf(
  to: CoreForTests,
  from: CoreForTests,
  hash: Uint8Array,
  change: (header: Header) => Header = header => header,
  body = from.core.chain.body(hash)!,
): Promise<string> {
  const header = change(from.core.chain.header(hash)!);
  const imported = await to.core.importer.import(header, body, "announced");
  return imported.ok ? "imported" : imported.error.code;
}

test("a block made elsewhere is imported with the same state, and once", async () => {
  const [a, b] = await twoNodes();
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  const first = unwrap(await b.takeFrom(a, hash));
  await first.written;
  assert.equal(first.wasKnown, false);
  assert.deepEqual(b.core.chain.best().hash, hash);
  assert.deepEqual(b.core.chain.state(hash)!.root(), a.core.chain.state(hash)!.root());
  assert.equal(unwrap(await b.takeFrom(a, hash)).wasKnown, true);
});

test("the longer fork wins, the first of equals stays, and listeners hear what left and what came", async () => {
  const [a, b] = await twoNodes();
  const changes: BestChange[] = [];
  b.core.chain.on("best", change => changes.push(change));
  const rival = await a.make(1);
  const second = await a.make(3);
  const own = await b.make(2);
  b.clock.advanceTo(a.clock.now());
  await unwrap(await b.takeFrom(a, rival.hash)).written;
  assert.deepEqual(b.core.chain.best().hash, own.hash);
  await unwrap(await b.takeFrom(a, second.hash)).written;
  assert.deepEqual(b.core.chain.best().hash, second.hash);
  const last = changes.at(-1)!;
  assert.deepEqual(
    last.retracted.map(({hash}) => bytesToHex(hash)),
    [bytesToHex(own.hash)],
  );
  assert.deepEqual(
    last.enacted.map(({hash}) => bytesToHex(hash)),
    [rival.hash, second.hash].map(bytesToHex),
  );
  assert.deepEqual(b.core.chain.hashOf(1), rival.hash);
});

test("when a block off the best chain becomes final, the highest block above it is the best", async () => {
  const [a, b] = await twoNodes();
  const rivals = [await a.make(1), await a.make(5)];
  await b.make(2);
  await b.make(3);
  await b.make(4);
  b.clock.advanceTo(a.clock.now());
  for (const {hash} of rivals) await unwrap(await b.takeFrom(a, hash)).written;
  assert.equal(b.core.chain.best().number, 3);
  await unwrap(b.core.chain.finalize(rivals[0]!.hash, undefined));
  assert.deepEqual(b.core.chain.best().hash, rivals[1]!.hash);
  assert.deepEqual(b.core.chain.finalized().hash, rivals[0]!.hash);
});

test("what cannot be part of the chain is refused with the reason", async () => {
  const [a, b] = await twoNodes();
  const first = await a.make(1);
  const second = await a.make(2);
  b.clock.advanceTo(a.clock.now());
  const zero = new Uint8Array(32);
  assert.equal(await failureOf(b, a, second.hash), "parent-unknown");
  assert.equal(
    await failureOf(b, a, first.hash, header => ({...header, number: 7})),
    "number-wrong",
  );
  assert.equal(
    await failureOf(b, a, first.hash, h => ({...h, digest: h.digest.slice(0, -1)})),
    "unsealed",
  );
  assert.equal(await failureOf(b, a, first.hash, h => ({...h, stateRoot: zero})), "wrong-author");
  assert.equal(await failureOf(b, a, first.hash, undefined, []), "extrinsics-root-mismatch");
  b.clock.advanceTo(a.clock.now());
  assert.equal(await failureOf(b, a, first.hash), "imported");
  assert.equal(await failureOf(b, a, second.hash), "imported");
});

test("a sealed block whose state root is not what it leads to is refused", async () => {
  const [a, b] = await twoNodes();
  const {hash} = await a.make(1);
  const honest = a.core.chain.header(hash)!;
  const unsealed: Header = {
    ...honest,
    stateRoot: new Uint8Array(32),
    digest: honest.digest.slice(0, -1),
  };
  const message = a.crypto.hashing.blake2b256(encode(headerCodec, unsealed));
  b.clock.advanceTo(a.clock.now());
  const codes = new Set<string>();
  // One of the four has the slot; the seals of the others are by the wrong author.
  for (const name of NAMES) {
    const pair = unwrap(a.crypto.keyPairs.fromUri("sr25519", `//${name}`));
    const sealed = {...unsealed, digest: [...unsealed.digest, sealDigest(pair.sign(message))]};
    const imported = await b.core.importer.import(sealed, a.core.chain.body(hash)!, "announced");
    codes.add(imported.ok ? "imported" : imported.error.code);
  }
  assert.deepEqual(codes, new Set(["wrong-author", "state-root-mismatch"]));
});

test("a fork that what is final has passed by is refused", async () => {
  const [a, b] = await twoNodes();
  const rival = await a.make(1);
  const own = await b.make(2);
  await unwrap(b.core.chain.finalize(own.hash, undefined));
  assert.equal(await failureOf(b, a, rival.hash), "fork-abandoned");
});

test("a block of a slot to come is told from a bad one", async () => {
  const [a, b] = await twoNodes();
  const {hash} = await a.make(5);
  b.clock.advanceTo(millis((FIRST_SLOT + 4) * SLOT));
  assert.equal(await failureOf(b, a, hash), "slot-in-future");
});

test("two blocks of one slot: both are kept, and the proof against their author too, over a restart", async () => {
  const [a, b] = await twoNodes();
  const ours = await a.make(2);
  // The other node made block 1 in another slot, so its block of slot 2 is another one.
  await b.make(1);
  const theirs = await b.make(2);
  const c = await coreForTests([]);
  c.clock.advanceTo(a.clock.now());
  for (const [from, hash] of [
    [a, ours.hash],
    [b, b.core.chain.hashOf(1)!],
    [b, theirs.hash],
  ] as const) {
    await unwrap(await c.takeFrom(from, hash)).written;
  }
  const [proof, ...more] = c.core.equivocations.all;
  assert.equal(more.length, 0);
  assert.equal(proof?.slot, BigInt(FIRST_SLOT + 2));
  assert.notDeepEqual(proof.first, proof.second);
  assert.ok(c.core.chain.headerBytes(ours.hash) && c.core.chain.headerBytes(theirs.hash));
  const {store, crypto} = c;
  const again = new EquivocationRecords(store, {
    logger: silentLogger,
    hashing: crypto.hashing,
    onProof: () => assert.fail("a proof that is kept is not new"),
  });
  assert.deepEqual(again.all, [proof]);
});
