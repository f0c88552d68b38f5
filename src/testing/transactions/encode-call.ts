import {hexToBytes} from "#base";
import type {TypeInfo} from "#codec";
import {
  type ChainDescription,
  camelCase,
  encodeCall,
  findCall,
  type NamedCall,
  variantsOf,
} from "#description";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestCall} from "../api.ts";
import {notFound} from "./not-found.ts";

/** Brings calls that tests write down into SCALE: found by name, accounts by whatever the kit calls them. */
export class CallEncoder {
  readonly #description: ChainDescription;
  readonly #accounts: AccountBook;

  constructor(description: ChainDescription, accounts: AccountBook) {
    this.#description = description;
    this.#accounts = accounts;
  }

  encode(call: TestCall): Uint8Array {
    const encoded = encodeCall(this.#description, this.#named(call));
    if (encoded.ok) return encoded.value;
    if (encoded.error.code === "call-unknown") throw this.#unknown(call.call);
    const {at, expected} = encoded.error;
    throw new Error(`${call.call}: ${at}: expected ${expected}`);
  }

  /** A value that a test wrote down, with bytes in the place of names of accounts, and of bytes written in hex. */
  shape(type: TypeInfo, value: unknown): unknown {
    return this.#shape(type, value);
  }

  /** The same call with bytes in the place of names of accounts, and of bytes written in hex. */
  #named({call: name, args}: TestCall): NamedCall {
    const found = findCall(this.#description, name);
    if (found === undefined) throw this.#unknown(name);
    const {fields} = found.variant;
    const names = fields.map(field => camelCase(field.name ?? ""));
    const given = new Map(Object.entries(args).map(([key, value]) => [camelCase(key), value]));
    const strange = Object.keys(args).find(key => !names.includes(camelCase(key)));
    if (strange !== undefined) {
      throw new Error(`${name} has no argument ${strange}, only ${names.join(", ") || "none"}`);
    }
    const shaped = fields.map(({type}, i) => {
      const value = given.get(names[i]!);
      if (value === undefined && !isOption(type)) throw new Error(`${name} needs ${names[i]}`);
      return [names[i], this.#shape(type, value)];
    });
    return {call: name, args: Object.fromEntries(shaped)};
  }

  #unknown(name: string): Error {
    const known = this.#description.pallets.flatMap(pallet =>
      variantsOf(pallet.calls).map(one => `${pallet.name}.${one.name}`),
    );
    return notFound("call", name, known);
  }

  #shape(type: TypeInfo, value: unknown): unknown {
    const name = type.path.at(-1);
    const {def} = type;
    // The enum of all calls is named differently by runtimes of different ages.
    if (def.kind === "variant" && isCall(value)) return this.#named(value);
    const isAccount = name === "AccountId32" || name === "MultiAddress";
    if (isAccount && typeof value === "string") return this.#accounts.publicKey(value);
    if (typeof value === "string" && value.startsWith("0x")) return hexToBytes(value) ?? value;
    if (value instanceof Uint8Array) return value;
    switch (def.kind) {
      case "sequence":
      case "array":
        return Array.isArray(value) ? value.map(one => this.#shape(def.element, one)) : value;
      case "tuple":
        return Array.isArray(value)
          ? value.map((one, i) => this.#shape(def.elements[i]!, one))
          : value;
      case "composite":
        return this.#shapeFields(type, value);
      case "compact":
      case "primitive":
      case "variant":
      case "bitSequence":
        return value;
    }
  }

  #shapeFields({def}: TypeInfo, value: unknown): unknown {
    if (def.kind !== "composite") return value;
    const [first] = def.fields;
    if (first !== undefined && first.name === undefined) return this.#shape(first.type, value);
    if (value === null || typeof value !== "object") return value;
    const given = value as Readonly<Record<string, unknown>>;
    const known = def.fields.map(({name, type}) => {
      const key = camelCase(name ?? "");
      return [key, this.#shape(type, given[key])] as const;
    });
    return {...given, ...Object.fromEntries(known)};
  }
}

function isCall(value: unknown): value is TestCall {
  return value !== null && typeof value === "object" && "call" in value && "args" in value;
}

function isOption({path}: TypeInfo): boolean {
  return path.at(-1) === "Option";
}
