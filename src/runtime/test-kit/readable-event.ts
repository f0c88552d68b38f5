import type {RuntimeEvent} from "../frame/index.ts";
import {numberOf} from "./accounts.ts";

/** `["Balances.Transfer", {from: 1, to: 2, amount: 5n}]`: accounts as the numbers they were made of. */
export type ReadableEvent = readonly [name: string, fields: unknown];

function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.length === 32 ? numberOf(value) : [...value];
  if (Array.isArray(value)) return value.map(readable);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
  }
  return value;
}

export function readableEvent({type, value}: RuntimeEvent): ReadableEvent {
  return [`${type}.${value.type}`, readable(value.value)];
}
