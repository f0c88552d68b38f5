import assert from "node:assert/strict";
import {test} from "node:test";
import {equalBytes, unwrap} from "#base";
import {compactU32, encode} from "#codec";
import {sealDigest, sealMessage} from "#consensus";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {memoryState} from "#state";
import {listRoot} from "#trie";
import {
  FOREIGN,
  SEALED_BY_ED25519,
  SECOND_SYSTEM,
  unknownRefusalOf,
} from "../runtime/test-kit/foreign/index.ts";
import {foreignCoreForTests} from "./test-kit/core-for-tests.ts";
import {passTime} from "./test-kit/pass-time.ts";
import {signedRemark} from "./test-kit/signed-call.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];

test("blocks of a runtime that is not ours are made, and another node executes them to the same state", async () => {
  const [a, b] = [await foreignCoreForTests(NAMES), await foreignCoreForTests(NAMES)];
  const runtime = unwrap(a.core.chain.runtimeOf(a.core.chain.head.state));
  assert.equal(runtime.version.specName, FOREIGN.specName);
  for (let slot = 1; slot <= 2 * FOREIGN.period + 1; slot++) {
    const {hash} = await a.make(slot);
    b.clock.advanceTo(a.clock.now());
    unwrap(await b.takeFrom(a, hash));
    await b.core.chain.settled();
  }
  assert.ok(equalBytes(a.core.chain.best().hash, b.core.chain.best().hash));
  assert.equal(a.core.chain.best().number, 2 * FOREIGN.period + 1);
  assert.equal(a.core.slotDuration(), FOREIGN.slotDuration);
});

test("a chain that hashes by Keccak names blocks, seals and links its tries so, and another node holds it to that", async () => {
  const keccak = () => foreignCoreForTests(NAMES, {blockHashing: "keccak-256"});
  const [a, b] = [await keccak(), await keccak()];
  const blake2 = await foreignCoreForTests(NAMES);
  const {hashing} = a.crypto;
  assert.ok(!equalBytes(a.core.chain.genesisHash, blake2.core.chain.genesisHash));
  for (let slot = 1; slot <= 3; slot++) {
    const {hash} = await a.make(slot);
    const {chain} = a.core;
    assert.ok(equalBytes(hash, hashing.keccak256(chain.headerBytes(hash)!)));
    const header = chain.header(hash)!;
    const keccakRoot = listRoot(data => hashing.keccak256(data), chain.body(hash)!);
    assert.ok(equalBytes(header.extrinsicsRoot, keccakRoot));
    assert.ok(equalBytes(header.parentHash, chain.hashOf(slot - 1)!));
    b.clock.advanceTo(a.clock.now());
    unwrap(await b.takeFrom(a, hash));
    await b.core.chain.settled();
  }
  const entries = a.core.chain.head.state.entries();
  const state = memoryState(entries, data => hashing.keccak256(data), 1);
  assert.ok(equalBytes(a.core.chain.head.header.stateRoot, state.root()));
  const refused = await blake2.takeFrom(a, a.core.chain.hashOf(1)!);
  assert.ok(!refused.ok && refused.error.code === "parent-unknown");
});

test("a chain whose system is of version 2 has its extrinsics' root in the newer layout, and others hold it to that", async () => {
  const second = () => foreignCoreForTests(NAMES, {release: SECOND_SYSTEM});
  const [a, b] = [await second(), await second()];
  const {chain} = a.core;
  assert.equal(unwrap(chain.runtimeOf(chain.head.state)).version.stateVersion, 2);
  const remark = signedRemark(a.core, a.crypto, {uri: "//Alice"});
  unwrap(await a.core.pool.submit("External", remark));
  const {hash} = await a.make(1);
  const body = chain.body(hash)!;
  assert.ok(body.some(extrinsic => equalBytes(extrinsic, remark)));
  const rootOf = (version: 0 | 1) =>
    listRoot(data => a.crypto.hashing.blockHash(data), body, version);
  assert.deepEqual(chain.header(hash)!.extrinsicsRoot, rootOf(1));
  assert.notDeepEqual(rootOf(1), rootOf(0));
  b.clock.advanceTo(a.clock.now());
  unwrap(await b.takeFrom(a, hash));
});

test("a chain that seals its blocks by ed25519 has its own sealed so, and takes no other seals", async () => {
  const start = () => foreignCoreForTests(NAMES, {release: SEALED_BY_ED25519});
  const [a, b] = [await start(), await start()];
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  unwrap(await b.takeFrom(a, hash));
  const {header} = a.core.chain.head;
  const seal = header.digest.at(-1)!;
  assert.ok(seal.type === "Seal");
  const unsealed = {...header, digest: header.digest.slice(0, -1)};
  const message = sealMessage(unsealed, a.crypto.hashing);
  const authority = WELL_KNOWN_ACCOUNTS.find(({ed25519}) =>
    a.crypto.signatures.verify("ed25519", seal.value[1], message, ed25519),
  );
  assert.ok(authority !== undefined && NAMES.includes(authority.name));
  const other = a.crypto.keyPairs.fromUri("sr25519", authority.uri);
  const forged = sealDigest(unwrap(other).sign(message));
  const refused = await b.core.importer.import(
    {...unsealed, digest: [...unsealed.digest, forged]},
    [...a.core.chain.body(hash)!],
  );
  assert.ok(!refused.ok && refused.error.code === "wrong-author");
});

test("its committee makes blocks final although the runtime knows of no voters", async () => {
  const {core, clock, make} = await foreignCoreForTests(NAMES, {settings: {collator: true}});
  unwrap(await core.start());
  assert.equal(core.finality.grandpa?.status.isVoter, true);
  await make(1);
  await passTime(clock, () => core.chain.finalized().number === 1);
  await core.stop();
});

test("a transaction that it refuses with an error of another age is refused with that error's bytes", async () => {
  const {core} = await foreignCoreForTests(NAMES);
  const body = Uint8Array.of(4, ...unknownRefusalOf());
  const refused = await core.pool.submit(
    "External",
    Uint8Array.of(...encode(compactU32, body.length), ...body),
  );
  assert.ok(!refused.ok && refused.error.code === "unrecognized");
  assert.deepEqual(refused.error.error, Uint8Array.of(0, 12));
});
