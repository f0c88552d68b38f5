import {concatBytes, err, type Result} from "#base";
import type {DecodeFailure} from "#codec";
import type {Runtime, RuntimeFailure, RuntimeHost} from "#runtime-api";
import {readValue, writeValue} from "../values/codec-of.ts";
import type {ValueMisfit} from "../values/misfit.ts";
import type {FoundApi} from "./find-api.ts";

/** Why a runtime that was asked by a name has no answer. */
export type CallByNameFailure =
  /** An argument that is none of its type, or too few or too many of them. */
  | ValueMisfit
  | RuntimeFailure
  | {readonly code: "answer-invalid"; readonly name: string; readonly reason: DecodeFailure};

/** Asks what was found by its name; arguments and answer are values as descriptions read and write them. */
export function askByName(
  {method, call}: FoundApi,
  args: readonly unknown[],
  runtime: Runtime,
  host: RuntimeHost,
): Result<unknown, CallByNameFailure> {
  const {inputs, output} = method;
  if (args.length !== inputs.length) {
    const names = inputs.length === 0 ? "" : ` (${inputs.map(({name}) => name).join(", ")})`;
    const expected = `${inputs.length} arguments${names}, not ${args.length}`;
    return err({code: "misfit", at: "", expected});
  }
  const parts: Uint8Array[] = [];
  for (const [i, {name, type}] of inputs.entries()) {
    const written = writeValue(type, args[i]);
    if (!written.ok) {
      const {at} = written.error;
      const separator = at === "" || at.startsWith("[") ? "" : ".";
      return err({...written.error, at: `${name}${separator}${at}`});
    }
    parts.push(written.value);
  }
  const answer = runtime.call(call, concatBytes(...parts), host);
  if (!answer.ok) return answer;
  const read = readValue(output, answer.value);
  return read.ok ? read : err({code: "answer-invalid", name: call, reason: read.error});
}
