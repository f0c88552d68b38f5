import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, type Hex, hex} from "#base";
import {bytes, decode, encode, u32, vec} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {accountId} from "#primitives";
import {type CollatorChain, composeKhala, createRuntime, PRESET_PARAMETERS} from "#runtime";
import {memoryState, Overlay} from "#state";
import {feeDetails, runtimeDispatchInfo} from "../../src/runtime/testing.ts";
import {composeRhala} from "./rhala.ts";
import {readData} from "./vector.ts";

interface Row {
  readonly call: string;
  readonly param?: number;
  readonly callHex?: Hex;
  readonly encodedLength: number;
  readonly refTime: string;
  readonly proofSize: string;
  readonly class: string;
  readonly partialFee: string;
  readonly baseFee: string;
  readonly lenFee: string;
  readonly adjustedWeightFee: string;
}

const crypto = await createNativeCrypto();
const {rows} = readData("rhala-1241", "call-weights") as {rows: readonly Row[]};
const ALICE = hex("0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");

/** The call of a row; the recording leaves out the bytes of long ones. */
function callOf({call, param = 0, callHex}: Row): Uint8Array {
  if (callHex !== undefined) return hex(callHex);
  if (call === "system.remark") return concatBytes(hex("0x0000"), zeros(param));
  if (call === "system.remarkWithEvent") return concatBytes(hex("0x0007"), zeros(param));
  if (call === "collatorSelection.setInvulnerables") {
    const list = Array.from({length: param}, () => ALICE);
    return concatBytes(hex("0x3300"), encode(vec(accountId), list));
  }
  throw new Error(`no bytes of ${call} ${param}`);
}

function zeros(count: number): Uint8Array {
  return encode(bytes, new Uint8Array(count));
}

const weightOfRow = ({refTime, proofSize}: Row) => ({
  refTime: BigInt(refTime),
  proofSize: BigInt(proofSize),
});

/** Answers of a chain's fee functions in an empty state, where the multiplier is one. */
function asker(chain: CollatorChain) {
  const runtime = createRuntime(chain);
  return (name: string, row: Row) => {
    const state = new Overlay(memoryState([], chain.config.blockHash));
    const args = concatBytes(callOf(row), encode(u32, row.encodedLength));
    const host = {state, verifySignature: () => true};
    return runtime.call(`TransactionPaymentCallApi_${name}`, args, host);
  };
}

function expectValue<T>(result: {ok: true; value: T} | {ok: false; error: unknown}): T {
  assert.ok(result.ok);
  return result.value;
}

test("each recorded call of rhala 1241 has its weight, class and fee", () => {
  const ask = asker(composeRhala(crypto.hashing));
  for (const row of rows) {
    const where = `${row.call} ${row.param ?? ""}`;
    const info = expectValue(decode(runtimeDispatchInfo, expectValue(ask("query_call_info", row))));
    assert.deepEqual(
      info,
      {weight: weightOfRow(row), class: row.class, partialFee: BigInt(row.partialFee)},
      where,
    );
    const details = expectValue(
      decode(feeDetails, expectValue(ask("query_call_fee_details", row))),
    );
    const inclusionFee = {
      baseFee: BigInt(row.baseFee),
      lenFee: BigInt(row.lenFee),
      adjustedWeightFee: BigInt(row.adjustedWeightFee),
    };
    assert.deepEqual(details, {inclusionFee, tip: 0n}, where);
  }
});

test("what weighs the same on our chain as in 1241 is CollatorSelection and what has no weight of its own", () => {
  const ask = asker(composeKhala(PRESET_PARAMETERS.standalone, crypto.hashing));
  const same = new Set<string>();
  for (const row of rows) {
    const answer = ask("query_call_info", row);
    if (!answer.ok) continue;
    const {weight: ours} = expectValue(decode(runtimeDispatchInfo, answer.value));
    const recorded = weightOfRow(row);
    if (ours.refTime === recorded.refTime && ours.proofSize === recorded.proofSize) {
      same.add(row.call);
    } else assert.ok(!row.call.startsWith("collatorSelection."), row.call);
  }
  assert.deepEqual(
    [...same],
    [
      "collatorSelection.setInvulnerables",
      "collatorSelection.setDesiredCandidates",
      "collatorSelection.setCandidacyBond",
      "collatorSelection.registerAsCandidate",
      "collatorSelection.leaveIntent",
      "sudo.sudoUncheckedWeight",
      "utility.withWeight",
    ],
  );
});
