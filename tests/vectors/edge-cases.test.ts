import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, type Hex, hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {type CollatorChain, createRuntime} from "#runtime";
import {Overlay} from "#state";
import {type Attempt, attempt, hostOf, timestampSet} from "./block-attempt.ts";
import {composeGargantuan} from "./gargantuan.ts";
import {RecordedStorage} from "./recorded-storage.ts";
import {composeRhala} from "./rhala.ts";
import {readData, readVector} from "./vector.ts";

/** One recorded attempt at block 3. */
interface Case {
  readonly case: string;
  readonly trap?: string;
  readonly author?: null;
  readonly currentSlot?: Hex;
  readonly now?: Hex;
  readonly number?: Hex;
  readonly lastAuthored?: Readonly<Record<string, number>>;
  readonly signed?: Hex;
  readonly inherent?: Hex;
}

interface Recording {
  readonly parentSlot: number;
  readonly parentTimestamp: number;
  readonly cases: readonly Case[];
  readonly runtimeApi: Readonly<
    Record<string, {readonly args: readonly Hex[]; readonly result?: Hex; readonly trap?: string}>
  >;
}

/** What our chain answers where the recorded one needs its parachain's inherent; see DIFFERENCES.md. */
const NEEDS_VALIDATION_DATA = [
  "timestamp only, no setValidationData",
  "BlockBuilder_inherent_extrinsics (timestamp inherent data only)",
];

/** Answers that are not those of our pallets; see DIFFERENCES.md. */
const OTHER_ANSWERS = [
  "CollectCollationInfo_collect_collation_info",
  "Metadata_metadata_versions",
  "Metadata_metadata_at_version [15]",
];

type Change = Partial<Attempt>;

/** What each recorded attempt did, by its name. */
function changesOf({parentSlot: slot, parentTimestamp: time}: Recording, signed: Uint8Array) {
  const next = time + 12_000;
  const at = (milliseconds: number): Change => ({extrinsics: [timestampSet(milliseconds)]});
  const changes: Record<string, Change> = {
    "slot equal to the parent slot": {slots: [slot]},
    "slot below the parent slot": {slots: [slot - 1]},
    "no Aura pre-runtime digest": {slots: []},
    "no Aura pre-runtime digest, initialize only": {slots: [], extrinsics: [], finalize: false},
    "no Aura pre-runtime digest, whole block": {slots: []},
    "no Aura pre-runtime digest, timestamp of the parent slot": {slots: [], ...at(time + 6_000)},
    "two Aura pre-runtime digests (S+1, S+2)": {slots: [slot + 1, slot + 2]},
    "timestamp equal to the parent one": at(time),
    "timestamp parent + MinimumPeriod - 1 (5999 ms)": at(time + 5_999),
    "timestamp parent + MinimumPeriod (6000 ms), not matching the slot": at(time + 6_000),
    "timestamp far in the future, not matching the slot": at(time + 1_000_000_000),
    "slot start - 1 ms": at(next - 1),
    "last ms of the slot": at(next + 11_999),
    "first ms of the next slot": at(next + 12_000),
    "no timestamp inherent (finalize only)": {extrinsics: []},
    "timestamp.set twice": {extrinsics: [timestampSet(next), timestampSet(next)]},
    "inherent after a signed transaction": {extrinsics: [signed, timestampSet(next)]},
    "block number not parent + 1 (5)": {number: 5},
  };
  return changes;
}

const crypto = await createNativeCrypto();

function testRuntime(runtime: string, chain: CollatorChain): void {
  const recording = readData(runtime, "n-edge-cases") as Recording;
  const vector = readVector(runtime, "a-bond-flow");
  if (vector === undefined) throw new Error(`${runtime} has no a-bond-flow`);
  const {parentSlot, parentTimestamp} = recording;
  /** An ordinary block at the usual distance from the one that the attempts stand on. */
  const ordinary = (number: number): Attempt => ({
    number,
    // The hash does not matter here, except that transactions are signed for the genesis block's.
    parentHash: vector.genesis.hash,
    slots: [parentSlot + number - 2],
    extrinsics: [timestampSet(parentTimestamp + (number - 2) * 12_000)],
    finalize: true,
  });
  let parent = new RecordedStorage(vector).view(chain);
  for (const number of [1, 2]) {
    const empty = attempt(chain, crypto, parent, ordinary(number));
    if ("trap" in empty) throw new Error(`${runtime}: empty block ${number} traps`);
    parent = empty.state.outcome(0).state;
  }
  const signedArgs =
    recording.runtimeApi["TransactionPaymentApi_query_info [transferKeepAlive, tip 7]"]?.args[0];
  // The last four bytes are the length that the fee was asked for.
  const signed = signedArgs === undefined ? new Uint8Array(0) : hex(signedArgs).slice(0, -4);
  const changes = changesOf(recording, signed);

  for (const recorded of recording.cases) {
    if (NEEDS_VALIDATION_DATA.includes(recorded.case)) continue;
    test(`${runtime}: ${recorded.case}`, () => {
      const change = changes[recorded.case];
      assert.ok(change, "no attempt of that name");
      const attempted = attempt(chain, crypto, parent, {...ordinary(3), ...change});
      if ("trap" in attempted) {
        assert.equal(attempted.trap, recorded.trap?.split(":")[0]);
        return;
      }
      assert.equal(recorded.trap, undefined);
      const wanted =
        recorded.signed === undefined
          ? attempted.results.map(() => "0x0000")
          : [recorded.signed, recorded.inherent];
      assert.deepEqual(attempted.results, wanted);
      compareFacts(recorded, attempted.state);
    });
  }

  function compareFacts(recorded: Case, state: Overlay): void {
    const valueAt = (key: string) => {
      const value = state.get(key);
      return value === undefined ? undefined : bytesToHex(value);
    };
    if (recorded.author === null)
      assert.equal(chain.authorship.storage.author.exists(state), false);
    const {currentSlot} = chain.aura.storage;
    if (recorded.currentSlot !== undefined)
      assert.equal(valueAt(currentSlot.key), recorded.currentSlot);
    if (recorded.now !== undefined)
      assert.equal(valueAt(chain.timestamp.storage.now.key), recorded.now);
    if (recorded.number !== undefined)
      assert.equal(valueAt(chain.system.storage.number.key), recorded.number);
    const {lastAuthoredBlock} = chain.collatorSelection.storage;
    for (const name of ["Alice", "Bob", "Charlie"]) {
      if (recorded.lastAuthored === undefined) break;
      const account = hex(vector!.accounts[name]!);
      const found = lastAuthoredBlock.has(state, account)
        ? lastAuthoredBlock.get(state, account)
        : undefined;
      assert.equal(found, recorded.lastAuthored[name], `${name}'s last block`);
    }
  }

  for (const [name, {args, result, trap}] of Object.entries(recording.runtimeApi)) {
    if (OTHER_ANSWERS.includes(name)) continue;
    test(`${runtime}: ${name}`, () => {
      const bytes = concatBytes(...args.map(hex));
      const host = hostOf(crypto, new Overlay(parent));
      const answer = createRuntime(chain).call(name.split(" ")[0]!, bytes, host);
      if (result !== undefined) {
        assert.ok(answer.ok);
        assert.equal(bytesToHex(answer.value), result);
      } else if (trap?.endsWith("Function to start was not found.")) {
        assert.equal(!answer.ok && answer.error.code, "function-not-found");
      } else assert.equal(!answer.ok && answer.error.code, "trap");
    });
  }
}

testRuntime("hyperbridge-100", composeGargantuan(crypto.hashing));
testRuntime("rhala-1241", composeRhala(crypto.hashing));
