import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes} from "#base";
import {encode} from "#codec";
import {header as headerCodec} from "#primitives";
import {Differential, NAMES, PAIRS, signers} from "./support/differential.ts";
import {GenuineChain} from "./support/genuine-chain.ts";

/** A folder with chain specs of the chains that ours were composed after: npm has none. */
const folder = process.env.KHALA_GENUINE;
/** Blocks of random calls. */
const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 200);
const CALLS_A_RUN = 8;
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 20_261_128);

const texts = (folder === undefined ? [] : readdirSync(folder))
  .filter(file => file.endsWith(".json"))
  .map(file => readFileSync(join(folder!, file), "utf8"));

for (const pair of PAIRS) {
  const name = `${pair.specName} ${pair.specVersion}`;
  const text = texts.find(one => {
    if (!/"id":\s*"(khala|gargantuan)"/.test(one.slice(0, 2_000))) return false;
    const {version} = new GenuineChain(one).runtime;
    return version.specName === pair.specName && version.specVersion === pair.specVersion;
  });
  if (text === undefined) {
    process.stdout.write(
      `random calls of ${name} are made where KHALA_GENUINE names a folder with its chain spec\n`,
    );
    continue;
  }
  const differential = new Differential(text, pair);
  const opened = differential.openBlock();
  const kinds = new Map<string, number>();

  test(`${name}: the same random calls come to the same answers, events and storage of the shared pallets`, () => {
    const step = fc.record({
      seed: fc.nat(),
      signer: fc.nat(NAMES.length - 1),
      ahead: fc.constantFrom(0, 0, 0, 0, 0, 1),
      tip: fc.constantFrom(0n, 0n, 0n, 5n),
    });
    fc.assert(
      fc.property(fc.array(step, {minLength: 1, maxLength: CALLS_A_RUN}), steps => {
        let state = opened;
        for (const {seed, signer, ahead, tip} of steps) {
          const call = differential.random(seed).call();
          const extrinsic = differential.extrinsic(state, signers[signer]!, call, {ahead, tip});
          const {genuine, ours, next} = differential.both(
            state,
            "BlockBuilder_apply_extrinsic",
            extrinsic,
          );
          const kind = genuine.answer.slice(0, 8);
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          assert.deepEqual(ours, genuine, `${NAMES[signer]} ${differential.named(call)}`);
          state = next;
        }
      }),
      {
        numRuns: RUNS,
        seed: SEED,
      },
    );
    // Calls that went well, that failed, transactions that were refused, and such as a runtime traps over.
    for (const answer of ["0x0000", "0x0001", "0x01", "trap"]) {
      assert.ok(
        [...kinds.keys()].some(kind => kind.startsWith(answer)),
        answer,
      );
    }
  });

  test(`${name}: blocks begin alike at whatever height, over whatever random calls left`, () => {
    const period = differential.ours.config.session.period;
    const heights = fc.oneof(
      fc.nat(3),
      fc.integer({min: 1, max: 1_000}).map(sessions => sessions * period),
      fc.integer({min: 2, max: 1_000_000}),
    );
    fc.assert(
      fc.property(
        fc.array(fc.nat(), {maxLength: 12}),
        fc.array(heights, {minLength: 1, maxLength: 4}),
        (seeds, numbers) => {
          let state = opened;
          for (const seed of seeds) {
            const random = differential.random(seed);
            const extrinsic = differential.extrinsic(
              state,
              signers[random.below(3)]!,
              random.call(),
            );
            state = differential.both(state, "BlockBuilder_apply_extrinsic", extrinsic).next;
          }
          for (const number of numbers) {
            const args = encode(headerCodec, differential.opening(number + 2));
            const begun = differential.both(state, "Core_initialize_block", args, pair.ofHooks);
            assert.deepEqual(begun.ours, begun.genuine, `block ${number + 2}`);
            state = begun.next;
          }
        },
      ),
      {numRuns: Math.ceil(RUNS / 4), seed: SEED},
    );
  });

  test(`${name}: the same random transactions are judged alike`, () => {
    const {state} = differential.chain.head;
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(2),
        fc.constantFrom(0, 0, 0, 1, -1),
        fc.bigInt(0n, 10n ** 15n),
        (seed, source, ahead, tip) => {
          const random = differential.random(seed);
          const signer = signers[random.below(signers.length)]!;
          const call = random.call();
          const of = differential.extrinsic(state, signer, call, {ahead: Math.max(0, ahead), tip});
          if (ahead < 0) of[of.length - 1]! ^= 1;
          const args = concatBytes(Uint8Array.of(source), of, new Uint8Array(32));
          const {genuine, ours} = differential.both(
            state,
            "TaggedTransactionQueue_validate_transaction",
            args,
          );
          assert.equal(ours.answer, genuine.answer, differential.named(call));
        },
      ),
      {numRuns: RUNS, seed: SEED},
    );
  });
}
