import {concatBytes, seededRandom} from "#base";
import {compactU128, encode, type TypeInfo, type VariantInfo} from "#codec";
import {type ChainDescription, variantsOf} from "#description";

const SIZES: Readonly<Record<string, number>> = {
  bool: 1,
  char: 4,
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  u128: 16,
  u256: 32,
  i8: 1,
  i16: 2,
  i32: 4,
  i64: 8,
  i128: 16,
  i256: 32,
};
/** Of calls within calls. */
const DEEPEST = 3;

export interface CallRange {
  readonly description: ChainDescription;
  /** Whom calls are about. */
  readonly accounts: readonly Uint8Array[];
  /** Amounts that mean something on the chain, beside small ones. */
  readonly amounts: readonly bigint[];
  /** Calls that may be made, `Pallet.call`. */
  readonly isCalled: (name: string) => boolean;
}

/** SCALE of a call made of a seed: of its types, with what is sometimes right and sometimes not. */
export class RandomCalls {
  readonly #range: CallRange;
  readonly #random: () => number;

  constructor(range: CallRange, seed: number) {
    this.#range = range;
    this.#random = seededRandom(seed);
  }

  below(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  call(depth = 0): Uint8Array {
    const {description, isCalled} = this.#range;
    const pallets = variantsOf(description.call)
      .map(pallet => {
        const calls = variantsOf(pallet.fields[0]?.type);
        return {pallet, calls: calls.filter(({name}) => isCalled(`${pallet.name}.${name}`))};
      })
      .filter(({calls}) => calls.length > 0);
    const {pallet, calls} = this.pick(pallets);
    return concatBytes(Uint8Array.of(pallet.index), this.#variant(this.pick(calls), depth));
  }

  #variant({index, fields}: VariantInfo, depth: number): Uint8Array {
    return concatBytes(Uint8Array.of(index), ...fields.map(({type}) => this.#value(type, depth)));
  }

  #value(type: TypeInfo, depth: number): Uint8Array {
    const {accounts, description} = this.#range;
    if (type === description.call) return depth < DEEPEST ? this.call(depth + 1) : this.#remark();
    const last = type.path.at(-1);
    if (last === "AccountId32") return this.pick(accounts);
    const {def} = type;
    switch (def.kind) {
      case "compact":
        return encode(compactU128, this.#number(widthOf(def.inner)));
      case "primitive":
        if (def.name === "str") return Uint8Array.of(4, 97);
        if (def.name === "bool") return Uint8Array.of(this.below(2));
        return littleEndian(this.#number(SIZES[def.name]!), SIZES[def.name]!);
      case "composite":
        return concatBytes(...def.fields.map(field => this.#value(field.type, depth)));
      case "tuple":
        return concatBytes(...def.elements.map(element => this.#value(element, depth)));
      case "array":
        return concatBytes(
          ...Array.from({length: def.length}, () => this.#value(def.element, depth)),
        );
      case "sequence": {
        const length = this.below(4);
        const items = Array.from({length}, () => this.#value(def.element, depth));
        return concatBytes(Uint8Array.of(length * 4), ...items);
      }
      case "variant": {
        // Origins of pallets that are not shared are no origins of ours.
        if (last === "OriginCaller") {
          return this.#variant(def.variants.find(({name}) => name === "system")!, depth);
        }
        const own =
          last === "MultiAddress" && this.below(8) > 0 ? [def.variants[0]!] : def.variants;
        return this.#variant(this.pick(own), depth);
      }
      case "bitSequence":
        return Uint8Array.of(0);
    }
  }

  #remark(): Uint8Array {
    const system = variantsOf(this.#range.description.call).find(({name}) => name === "System")!;
    const remark = variantsOf(system.fields[0]?.type).find(({name}) => name === "remark")!;
    return Uint8Array.of(system.index, remark.index, 0);
  }

  #number(width: number): bigint {
    const most = 1n << BigInt(8 * width);
    const kind = this.below(10);
    if (kind < 4) return BigInt(this.below(kind < 2 ? 3 : 200)) % most;
    if (kind < 9) return (this.pick(this.#range.amounts) + BigInt(this.below(3))) % most;
    return most === 1n ? 0n : most - 1n - BigInt(this.below(2));
  }
}

const widthOf = ({def}: TypeInfo): number =>
  def.kind === "primitive"
    ? SIZES[def.name]!
    : def.kind === "composite"
      ? widthOf(def.fields[0]!.type)
      : 0;

function littleEndian(value: bigint, width: number): Uint8Array {
  const positive =
    ((value % (1n << BigInt(8 * width))) + (1n << BigInt(8 * width))) % (1n << BigInt(8 * width));
  return Uint8Array.from({length: width}, (_, i) => Number((positive >> BigInt(8 * i)) & 0xffn));
}
