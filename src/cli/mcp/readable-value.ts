import {bytesToHex} from "#base";
import type {FieldInfo, TypeInfo} from "#codec";
import {camelCase} from "#description";

type ShowAccount = (account: Uint8Array) => string;

const ACCOUNT = "sp_core::crypto::AccountId32";

/**
 * A value of the chain's as JSON: accounts as addresses, other bytes in hex, integers beyond 53 bits as text, what is not
 * there as null. The type says which bytes are an account's; what it does not account for is shown as it is.
 */
export function readableValue(type: TypeInfo, value: unknown, address: ShowAccount): unknown {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) {
    return type.path.join("::") === ACCOUNT && value.length === 32
      ? address(value)
      : bytesToHex(value);
  }
  if (typeof value !== "object" || value === null) return plain(value);
  const {def} = type;
  switch (def.kind) {
    case "sequence":
    case "array":
      return Array.isArray(value)
        ? value.map(item => readableValue(def.element, item, address))
        : plain(value);
    case "tuple":
      return Array.isArray(value)
        ? value.map((item, i) => readableIn(def.elements[i], item, address))
        : plain(value);
    case "composite":
      return readableFields(def.fields, value, address);
    case "variant": {
      const {type: name, value: held} = value as {
        readonly type?: unknown;
        readonly value?: unknown;
      };
      const chosen = def.variants.find(variant => variant.name === name);
      // An option is what it holds; a result says so in its own way.
      if (chosen === undefined) return readableIn(def.variants[1]?.fields[0]?.type, value, address);
      if (chosen.fields.length === 0) return chosen.name;
      return {[chosen.name]: readableFields(chosen.fields, held, address)};
    }
    default:
      return plain(value);
  }
}

const readableIn = (type: TypeInfo | undefined, value: unknown, address: ShowAccount): unknown =>
  type === undefined ? plain(value) : readableValue(type, value, address);

/** Fields of a case: what the only one holds, a list, or by their names. */
export function readableFields(
  fields: readonly FieldInfo[],
  value: unknown,
  address: ShowAccount,
): unknown {
  const [first] = fields;
  if (first === undefined) return null;
  if (fields.length === 1 && first.name === undefined) {
    return readableValue(first.type, value, address);
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => readableIn(fields[i]?.type, item, address));
  }
  if (typeof value !== "object" || value === null) return plain(value);
  const types = new Map(fields.map(({name, type}) => [camelCase(name ?? ""), type]));
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, readableIn(types.get(name), held, address)]),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, plain(held)]));
}

/** What cannot be read, as it is, with why. */
export const unreadable = (bytes: Uint8Array | undefined, reason: string) => ({
  unreadable: reason,
  bytes: bytes === undefined ? null : bytesToHex(bytes),
});
