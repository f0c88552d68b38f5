import assert from "node:assert/strict";
import {test} from "node:test";
import {blake2b} from "@noble/hashes/blake2.js";
import {bytesToHex, hex, unwrap, utf8Bytes} from "#base";
import {decode, encode} from "#codec";
import {createPortableHashing} from "#crypto";
import {accountData, accountInfo, DEFAULT_ACCOUNT_DATA} from "../pallets/system/index.ts";
import {composeKhala, createRuntime, PRESET_PARAMETERS} from "./index.ts";
import {collatorChainApis} from "./khala-runtime.ts";
import {KHALA_APIS} from "./khala-version.ts";
import {parameters} from "./parameters.ts";

const hashing = createPortableHashing();

/** With the limits of Khala's own blocks, where our presets allow more. */
const khala = composeKhala(
  {
    ...PRESET_PARAMETERS.standalone,
    maxBlockRefTime: 500_000_000_000n,
    maxBlockProofSize: 5_242_880n,
  },
  hashing,
);

function constantOf(pallet: string, name: string): string {
  const found = khala.composition.pallets
    .find(candidate => candidate.name === pallet)
    ?.constants.find(candidate => candidate.name === name);
  assert.ok(found, `${pallet} has no constant ${name}`);
  return bytesToHex(found.value);
}

/** spec/pallets §2.2, recorded from Khala. */
const KNOWN_CONSTANTS = [
  [
    "System",
    "BlockWeights",
    "0x025b1f5d00070088526a7402004001c2a0a91d000107d0c33576510200e000010700e6bd4f570200f000010000c2a0a91d000107d065ca906e0200300101070088526a7402004001010700a2941a1d02005000c2a0a91d00000000",
  ],
  ["System", "BlockLength", "0x00003c000000500000005000"],
  ["System", "DbWeight", "0x40787d010000000000e1f50500000000"],
  ["System", "BlockHashCount", "0xb0040000"],
  ["System", "SS58Prefix", "0x1e00"],
  ["Timestamp", "MinimumPeriod", "0x7017000000000000"],
  ["Balances", "ExistentialDeposit", "0x00e40b54020000000000000000000000"],
  ["Utility", "batched_calls_limit", "0xaa2a0000"],
  ["TransactionPayment", "OperationalFeeMultiplier", "0x05"],
] as const;

for (const [pallet, name, bytes] of KNOWN_CONSTANTS) {
  test(`${pallet}.${name} has Khala's bytes`, () => {
    assert.equal(constantOf(pallet, name), bytes);
  });
}

test("calls cost what they cost on Khala", () => {
  const {fees} = khala.transactionPayment;
  const weightFee = (pallet: string, name: string) => {
    const call = khala.composition.pallets
      .find(candidate => candidate.name === pallet)!
      .calls!.find(candidate => candidate.name === name)!;
    return fees.weightToFee(call.info({}).weight);
  };
  assert.equal(fees.weightToFee({refTime: 124_414_000n, proofSize: 0n}), 100_000_000n);
  assert.equal(weightFee("Balances", "transfer_keep_alive"), 137_281_978n);
  assert.equal(weightFee("Balances", "transfer_allow_death"), 147_987_365n);
  assert.equal(weightFee("Session", "set_keys"), 567_604_931n);
  assert.equal(weightFee("Session", "purge_keys"), 475_278_505n);
  assert.equal(weightFee("CollatorSelection", "register_as_candidate"), 457_501_567n);
  assert.equal(weightFee("CollatorSelection", "leave_intent"), 346_694_102n);
  assert.equal(fees.weightToFee({refTime: 371_394_000n, proofSize: 0n}), 298_514_636n);
  assert.equal(fees.weightToFee({refTime: 280_336_000n, proofSize: 0n}), 225_325_124n);
});

test("ids of runtime APIs are the BLAKE2b-64 of their names", () => {
  for (const {name, id} of KHALA_APIS) {
    assert.equal(id, bytesToHex(blake2b(utf8Bytes(name), {dkLen: 8})), name);
  }
});

test("the version lists the APIs that there are, in their order", () => {
  const declared = collatorChainApis(khala).map(({name, id, version}) => ({name, id, version}));
  assert.deepEqual(declared, KHALA_APIS);
  const {apis} = createRuntime(khala).version;
  assert.deepEqual(
    apis.map(([id, version]) => [bytesToHex(id), version]),
    KHALA_APIS.map(({id, version}) => [id, version]),
  );
});

test("an account that nothing is known of is 79 zero bytes and a flag", () => {
  const info = {nonce: 0, consumers: 0, providers: 0, sufficients: 0, data: DEFAULT_ACCOUNT_DATA};
  assert.equal(bytesToHex(encode(accountInfo(accountData), info)), `0x${"00".repeat(79)}80`);
});

test("an account's counters are little-endian u32, its amounts u128", () => {
  const bytes = hex(
    `0x01000000020000000300000004000000${"05".padEnd(32, "0")}${"06".padEnd(32, "0")}` +
      `${"07".padEnd(32, "0")}${"80".padStart(32, "0")}`,
  );
  assert.deepEqual(unwrap(decode(accountInfo(accountData), bytes)), {
    nonce: 1,
    consumers: 2,
    providers: 3,
    sufficients: 4,
    data: {free: 5n, reserved: 6n, frozen: 7n, flags: 1n << 127n},
  });
});

test("parameters of every preset survive being written into genesis", () => {
  for (const preset of Object.values(PRESET_PARAMETERS)) {
    assert.deepEqual(unwrap(decode(parameters, encode(parameters, preset))), preset);
  }
});

test("hooks run in an order in which the author is noted before the session rotates", () => {
  const order = khala.composition.pallets.map(({name}) => name);
  const wanted = ["Authorship", "CollatorSelection", "Session", "Aura"];
  assert.deepEqual(
    order.filter(name => wanted.includes(name)),
    wanted,
  );
});
