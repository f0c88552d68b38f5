import {readConstant, type StateReader} from "#description";
import type {AccountId} from "#primitives";

/**
 * Values as a chain publishes them, of whichever type its runtime gives them: a block's number has 32 bits here and 64
 * there. What is of another shape than its name lets expect is as good as not published.
 */
export function countOf(value: unknown): number | undefined {
  const count = typeof value === "bigint" ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

export function amountOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  return typeof value === "number" ? BigInt(value) : undefined;
}

export const bytesOf = (value: unknown): Uint8Array | undefined =>
  value instanceof Uint8Array ? value : undefined;

/** Undefined where one of them is none: a list with gaps would be another list. */
export function accountsOf(value: unknown): readonly AccountId[] | undefined {
  return Array.isArray(value) && value.every(each => each instanceof Uint8Array)
    ? (value as AccountId[])
    : undefined;
}

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

export function constantOf({description}: StateReader, name: string): unknown {
  const read = readConstant(description, name);
  return read.ok ? read.value : undefined;
}
