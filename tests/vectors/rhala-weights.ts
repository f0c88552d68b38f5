import {addWeight, type Weight, weightOf} from "#primitives";
import type {RuntimeCall} from "../../src/runtime/testing.ts";
import {innerInfo, type Reweighing} from "./reweigh.ts";

/*
 * Weights of spec 1241 where they are not those of today, read off its recorded `call-weights`. CollatorSelection's
 * are the same. Database reads and writes are included.
 */

type WithCall = {call: RuntimeCall};
type WithCalls = {calls: readonly RuntimeCall[]};

const always =
  (refTime: bigint, proofSize = 0n) =>
  () =>
    weightOf(refTime, proofSize);

const linear = (base: bigint, each: bigint) => (count: number) =>
  weightOf(base + each * BigInt(count));

const remark = linear(2_091_000n, 362n);
const remarkWithEvent = linear(7_748_000n, 1_423n);
const setStorage = linear(2_114_000n, 100_631_438n);
const killStorage = linear(2_153_000n, 100_502_629n);
const maxBlock = always(500_000_000_000n, 5_242_880n);

export const SYSTEM_1241: Record<string, Reweighing> = {
  remark: (args: {remark: Uint8Array}) => remark(args.remark.length),
  remark_with_event: (args: {remark: Uint8Array}) => remarkWithEvent(args.remark.length),
  set_heap_pages: always(229_605_000n, 495n),
  set_code: maxBlock,
  set_code_without_checks: maxBlock,
  set_storage: (args: {items: readonly unknown[]}) => setStorage(args.items.length),
  kill_storage: (args: {keys: readonly unknown[]}) => killStorage(args.keys.length),
  kill_prefix: ({subkeys}: {subkeys: number}) => {
    const keys = BigInt(subkeys) + 1n;
    return weightOf(4_174_000n + 101_093_099n * keys, 121n + 70n * keys);
  },
};

export const TIMESTAMP_1241: Record<string, Reweighing> = {set: always(159_258_000n, 1_006n)};

export const SESSION_1241: Record<string, Reweighing> = {
  set_keys: always(691_319_000n, 19_851n),
  purge_keys: always(580_620_000n, 9_749n),
};

const inner = ({call}: WithCall) => innerInfo(call).weight;

export const SUDO_1241: Record<string, Reweighing> = {
  sudo: inner,
  set_key: always(0n),
  sudo_as: (args: WithCall) => addWeight(inner(args), weightOf(125_000_000n)),
};

export const sumOf = (calls: readonly RuntimeCall[]): Weight =>
  calls.map(call => innerInfo(call).weight).reduce(addWeight, weightOf(0n));

const batchBase = linear(16_087_635n, 3_665_506n);
const batchAllBase = linear(14_090_381n, 3_744_891n);
const forceBatchBase = linear(14_292_923n, 3_645_950n);

export const UTILITY_1241: Record<string, Reweighing> = {
  batch: ({calls}: WithCalls) => addWeight(sumOf(calls), batchBase(calls.length)),
  batch_all: ({calls}: WithCalls) => addWeight(sumOf(calls), batchAllBase(calls.length)),
  force_batch: ({calls}: WithCalls) => addWeight(sumOf(calls), forceBatchBase(calls.length)),
  as_derivative: (args: WithCall) => addWeight(inner(args), weightOf(130_269_000n)),
  dispatch_as: (args: WithCall) => addWeight(inner(args), weightOf(9_280_000n)),
};
