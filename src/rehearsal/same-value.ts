import {bytesToBinary, bytesToHex, equalBytes} from "#base";

/** Whether two values as `description` reads them are the same. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array) return b instanceof Uint8Array && equalBytes(a, b);
  if (typeof a !== "object" || a === null) return Object.is(a, b);
  if (typeof b !== "object" || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [ours, theirs] = [a, b] as Record<string, unknown>[];
  const keys = Object.keys(ours!);
  return (
    keys.length === Object.keys(theirs!).length &&
    keys.every(key => Object.hasOwn(theirs!, key) && isSameValue(ours![key], theirs![key]))
  );
}

const SHOWN = 160;

/** A value for people: accounts by their names, bytes in hex, and of long ones the beginning. */
export function shownValue(value: unknown, names: ReadonlyMap<string, string>): string {
  const text = written(value, names);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function written(value: unknown, names: ReadonlyMap<string, string>): string {
  if (value instanceof Uint8Array) return names.get(bytesToBinary(value)) ?? bytesToHex(value);
  if (Array.isArray(value)) return `[${value.map(each => written(each, names)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([name, each]) => `${name}: ${written(each, names)}`);
  return `{${fields.join(", ")}}`;
}
