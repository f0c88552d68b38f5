import {err, ok, type Result} from "#base";
import {attempt, type DecodeFailure} from "#codec";
import type {ChainDescription} from "../chain-description.ts";
import {findCall} from "../find.ts";
import {codecOf, writeValue} from "../values/codec-of.ts";
import type {ValueMisfit} from "../values/misfit.ts";
import type {NamedCall} from "../values/variants.ts";

/** A call that was read: names as published, arguments by their names in camelCase. */
export interface DecodedCall {
  readonly pallet: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export type CallFailure = {readonly code: "call-unknown"; readonly call: string} | ValueMisfit;

/**
 * A call in SCALE. Arguments are what their types hold (see `codecOf`); a call within a call is named in the same way,
 * and an account or its address stands for itself where the chain wants a `MultiAddress`.
 */
export function encodeCall(
  description: ChainDescription,
  {call: name, args = {}}: NamedCall,
): Result<Uint8Array, CallFailure> {
  const found = findCall(description, name);
  if (found === undefined) return err({code: "call-unknown", call: name});
  const {pallet, variant} = found;
  const value = {type: pallet.name, value: {type: variant.name, value: args}};
  const written = writeValue(description.call, value);
  if (written.ok) return written;
  // Its own names are no part of the place of an argument.
  const own = `${pallet.name}.${variant.name}`;
  const {at} = written.error;
  const inner = at.startsWith(own) ? at.slice(own.length).replace(/^\./, "") : at;
  return err({...written.error, at: inner});
}

/** Exactly one call. */
export function decodeCall(
  description: ChainDescription,
  bytes: Uint8Array,
): Result<DecodedCall, DecodeFailure> {
  const read = attempt(bytes, source => {
    const value = codecOf(description.call).decodeFrom(source);
    if (source.remaining > 0) source.fail("trailing-bytes", `${source.remaining} bytes left over`);
    return callFrom(value) ?? source.fail("invalid-value", "not a call of a pallet");
  });
  return read.ok ? ok(read.value) : read;
}

/** Names in a value of the enum of all calls, also of one inside another. */
export function callFrom(value: unknown): DecodedCall | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const {type, value: inner} = value as {type?: unknown; value?: unknown};
  if (typeof type !== "string") return undefined;
  // A pallet none of whose calls takes anything has them as names alone.
  if (typeof inner === "string") return {pallet: type, name: inner, args: {}};
  if (typeof inner !== "object" || inner === null) return undefined;
  const {type: name, value: args} = inner as {type?: unknown; value?: unknown};
  if (typeof name !== "string") return undefined;
  return {pallet: type, name, args: (args ?? {}) as DecodedCall["args"]};
}
