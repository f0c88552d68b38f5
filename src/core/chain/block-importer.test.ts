import assert from "node:assert/strict";
import {test} from "node:test";
import {err, unwrap} from "#base";
import {ChainStore, type NewBlock} from "#store";
import {fatalReport} from "../fatal-report.ts";
import {SignatureChecks} from "../signatures/signature-checks.ts";
import {coreForTests} from "../test-kit/core-for-tests.ts";
import {signedRemark} from "../test-kit/signed-call.ts";
import {BlockImporter} from "./block-importer.ts";

test("when the threads that check signatures fail, nothing is said of the block, and it may come again", async () => {
  const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
  const [a, b] = [await coreForTests(NAMES), await coreForTests(NAMES)];
  const bytes = signedRemark(a.core, a.crypto, {uri: "//Alice"});
  unwrap(await a.core.pool.submit("External", bytes));
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  const {chain} = b.core;
  const broken = {verifyBatch: async () => err({code: "signature-worker-lost"} as const)};
  const importer = new BlockImporter({
    chain,
    answers: b.core.answers,
    inherents: b.core.inherents,
    crypto: b.crypto,
    clock: b.clock,
    signatures: new SignatureChecks(b.crypto, broken),
  });
  const imported = await importer.import(a.core.chain.header(hash)!, a.core.chain.body(hash)!);
  const failure = {code: "signatures-unchecked", reason: "signature-worker-lost"};
  assert.deepEqual(imported, err(failure));
  assert.equal(unwrap(await b.takeFrom(a, hash)).wasKnown, false);
});

/** A chain in memory that can be made to lose all of its states that is not read yet. */
function losing() {
  const entries = new Map<string, Uint8Array>();
  let isLost = false;
  const store = {
    get: (key: string) => (isLost && key.startsWith("s") ? undefined : entries.get(key)?.slice()),
    lend: () => undefined,
    async write(batch: readonly (readonly [string, Uint8Array | undefined])[]) {
      for (const [key, value] of batch) {
        if (value === undefined) entries.delete(key);
        else entries.set(key, value.slice());
      }
    },
    *range() {},
    async close() {},
  };
  return {
    lose: () => {
      isLost = true;
    },
    async create(genesis: NewBlock, hash: (data: Uint8Array) => Uint8Array) {
      await ChainStore.begin(store, genesis, hash);
      return ChainStore.over(store, hash);
    },
  };
}

test("what the database lost of a state ends the import as damage, and says nothing of the block", async () => {
  const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
  const damaged = losing();
  const a = await coreForTests(NAMES);
  const b = await coreForTests(NAMES, {}, {}, (genesis, hash) => damaged.create(genesis, hash));
  const {hash} = await a.make(1);
  b.clock.advanceTo(a.clock.now());
  damaged.lose();
  const fault = await b.takeFrom(a, hash).then(
    outcome => assert.fail(JSON.stringify(outcome)),
    (error: unknown) => error,
  );
  assert.equal(fatalReport(fault).code, "database-corrupt");
  assert.equal(b.core.chain.header(hash), undefined);
});
