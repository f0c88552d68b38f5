import {equalBytes} from "#base";
import {hostTrap} from "../host-trap.ts";
import type {FunctionType, ImportedFunction} from "../module/index.ts";
import type {HostFunction} from "./host-function.ts";
import {HOST_FUNCTIONS} from "./table.ts";

const BY_NAME = new Map(HOST_FUNCTIONS.map(described => [described.name, described]));

const I32 = 0x7f;
const I64 = 0x7e;

/** The type that a module declares a host function with. */
export function wasmType({params, answer}: HostFunction): FunctionType {
  const results = {
    nothing: [],
    i32: [I32],
    address: [I32],
    i64: [I64],
    span: [I64],
  };
  return {params: params.map(({type}) => (type === "i32" ? I32 : I64)), results: results[answer]};
}

/** The host's function for an import; undefined where it has none of that name and type. */
export function hostFunctionFor({name, type}: ImportedFunction): HostFunction | undefined {
  const described = BY_NAME.get(name);
  if (described === undefined) return undefined;
  const ours = wasmType(described);
  const same = (a: readonly number[], b: readonly number[]) =>
    equalBytes(Uint8Array.from(a), Uint8Array.from(b));
  return same(ours.params, type.params) && same(ours.results, type.results) ? described : undefined;
}

/** What stands for a function that the host lacks. */
export const missingFunction = (name: string) => () => hostTrap(`missing host function ${name}`);

/** What a module imports and the host lacks, by name. */
export const missingFunctions = (functions: readonly ImportedFunction[]): readonly string[] =>
  functions.filter(one => hostFunctionFor(one) === undefined).map(({name}) => name);
