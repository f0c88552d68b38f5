import {hexToBytes} from "#base";
import type {TypeInfo} from "#codec";
import type {CollatorChain, RuntimeCall} from "#runtime";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestCall} from "../api.ts";

/** Turns calls as tests write them into the runtime's own: found by name, arguments brought into its types. */
export class CallEncoder {
  readonly #chain: CollatorChain;
  readonly #accounts: AccountBook;

  constructor(chain: CollatorChain, accounts: AccountBook) {
    this.#chain = chain;
    this.#accounts = accounts;
  }

  runtimeCall({call: name, args}: TestCall): RuntimeCall {
    const [palletName, callName = ""] = name.split(".");
    const pallet = this.#chain.composition.pallets.find(one => one.name === palletName);
    const call = pallet?.calls?.find(one => camelCase(one.name) === camelCase(callName));
    if (pallet === undefined || call === undefined) throw new Error(`there is no call ${name}`);
    const fields = call.args.fields ?? [];
    const names = fields.map(field => camelCase(field.name ?? ""));
    const strange = Object.keys(args).find(given => !names.includes(given));
    if (strange !== undefined) {
      throw new Error(`${name} has no argument ${strange}, only ${names.join(", ") || "none"}`);
    }
    const shaped = fields.map(({type}, i) => {
      const value = args[names[i]!];
      if (value === undefined && !isOption(type)) throw new Error(`${name} needs ${names[i]}`);
      try {
        return [names[i], this.#shape(type, value)];
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new Error(`${name}: ${names[i]}: ${error.message}`);
      }
    });
    return {pallet, call, args: Object.fromEntries(shaped)};
  }

  #shape(type: TypeInfo, value: unknown): unknown {
    const name = type.path.at(-1);
    const {def} = type;
    if (name === "RuntimeCall" && isCall(value)) return this.runtimeCall(value);
    if (name === "AccountId32" && typeof value === "string") return this.#accounts.publicKey(value);
    if (name === "MultiAddress") {
      if (typeof value === "string") return {type: "Id", value: this.#accounts.publicKey(value)};
      if (value instanceof Uint8Array) return {type: "Id", value};
    }
    if (value instanceof Uint8Array || value === undefined) return value;
    if (typeof value === "string" && value.startsWith("0x")) return hexToBytes(value) ?? value;
    switch (def.kind) {
      case "sequence":
      case "array":
        return Array.isArray(value) ? value.map(one => this.#shape(def.element, one)) : value;
      case "tuple":
        return Array.isArray(value)
          ? value.map((one, i) => this.#shape(def.elements[i]!, one))
          : value;
      case "compact":
        return this.#shape(def.inner, value);
      case "primitive":
        return shapeInteger(def.name, value);
      case "composite":
        return this.#shapeFields(type, value);
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
    return Object.fromEntries(
      def.fields.map(({name, type}) => {
        const key = camelCase(name ?? "");
        return [key, this.#shape(type, given[key])];
      }),
    );
  }
}

/** Throws `RangeError` for a number that its type cannot hold. */
function shapeInteger(type: string, value: unknown): unknown {
  const [, sign, bits] = /^([ui])(\d+)$/.exec(type) ?? [];
  if (bits === undefined || (typeof value !== "number" && typeof value !== "bigint")) return value;
  // A fraction is none of either, and `BigInt` says so.
  const exact = BigInt(value);
  const [low, high] =
    sign === "u"
      ? [0n, (1n << BigInt(bits)) - 1n]
      : [-(1n << BigInt(Number(bits) - 1)), (1n << BigInt(Number(bits) - 1)) - 1n];
  if (exact < low || exact > high) {
    throw new RangeError(`${value} does not fit into ${type} (${low} to ${high})`);
  }
  return Number(bits) > 32 ? exact : Number(exact);
}

/** Metadata has snake_case where our fields are camelCase. */
function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isCall(value: unknown): value is TestCall {
  return value !== null && typeof value === "object" && "call" in value && "args" in value;
}

function isOption({path}: TypeInfo): boolean {
  return path.at(-1) === "Option";
}
