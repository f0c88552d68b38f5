import {invariant} from "#base";
import type {FieldInfo, PrimitiveName, TypeInfo, VariantInfo} from "#codec";
import type {Func, ModuleWriter, Variable} from "#wasm";
import {type Code, drop, i32, leave, trapIf, unreachable, when, whileTrue} from "#wasm";
import type {Reader} from "./reader.ts";

/** Deepest nesting of calls in calls, as in `codec`: Substrate's MAX_EXTRINSIC_DEPTH. */
const MAX_DEPTH = 256;

const PRIMITIVE_SIZES: Readonly<Partial<Record<PrimitiveName, number>>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  u128: 16,
};

/** Bytes of every value of this type, if they are all as long as each other. */
function fixedSize({def}: TypeInfo): number | undefined {
  const sum = (types: readonly TypeInfo[]) =>
    types.reduce<number | undefined>((total, type) => {
      const size = fixedSize(type);
      return total === undefined || size === undefined ? undefined : total + size;
    }, 0);
  switch (def.kind) {
    case "primitive":
      return PRIMITIVE_SIZES[def.name];
    case "composite":
      return sum(def.fields.map(({type}) => type));
    case "tuple":
      return sum(def.elements);
    case "array": {
      const size = fixedSize(def.element);
      return size === undefined ? undefined : size * def.length;
    }
    case "compact":
      return fixedSize(def.inner) === 0 ? 0 : undefined;
    default:
      return undefined;
  }
}

/**
 * Compiles types to functions that walk over a value and trap where the bytes are not one: from the information that
 * metadata publishes, so that what the module takes for a call is what the runtime takes for one.
 */
export class TypeDecoder {
  readonly #module: ModuleWriter;
  readonly #reader: Reader;
  readonly #known = new Map<TypeInfo, Func>();
  /** The one type that contains itself. */
  readonly #nesting: TypeInfo;
  readonly #depth: Variable;

  constructor(module: ModuleWriter, reader: Reader, nesting: TypeInfo) {
    this.#module = module;
    this.#reader = reader;
    this.#nesting = nesting;
    this.#depth = module.variable("i32");
  }

  /** The code that moves the reader over one value. */
  skip(type: TypeInfo): Code {
    const size = fixedSize(type);
    if (size === undefined) return this.#functionOf(type).call();
    return size === 0 ? [] : this.#skipBytes(i32.const(size));
  }

  #skipBytes(length: Code): Code {
    return drop(this.#reader.take.call(length));
  }

  #functionOf(type: TypeInfo): Func {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    const declared = this.#module.declare([]);
    this.#known.set(type, declared);
    declared.define(({local}) =>
      type === this.#nesting ? this.#nested(type) : this.#body(type, local("i32"), local("i32")),
    );
    return declared;
  }

  #nested(type: TypeInfo): Code {
    const inner = this.#module.define([], undefined, ({local}) =>
      this.#body(type, local("i32"), local("i32")),
    );
    const depth = this.#depth;
    return [
      ...trapIf(i32.ge(depth.get, i32.const(MAX_DEPTH))),
      ...depth.set(i32.add(depth.get, i32.const(1))),
      ...inner.call(),
      ...depth.set(i32.sub(depth.get, i32.const(1))),
    ];
  }

  #body({def}: TypeInfo, one: Variable, other: Variable): Code {
    switch (def.kind) {
      case "composite":
        return this.#fields(def.fields);
      case "tuple":
        return def.elements.flatMap(element => this.skip(element));
      case "variant":
        return this.#variant(def.variants, one);
      case "sequence":
        return this.#sequence(def.element, one, other);
      case "compact": {
        const width = fixedSize(def.inner);
        invariant(width !== undefined, "compact numbers have a known width");
        return this.#reader.compact.call(i32.const(width));
      }
      case "primitive":
        invariant(def.name === "bool", `the module cannot read ${def.name}`);
        return trapIf(i32.gt(this.#reader.byte.call(), i32.const(1)));
      case "bitSequence":
      case "array":
        invariant(false, "the module reads no bit sequences, and arrays of items of one size only");
    }
  }

  #fields(fields: readonly FieldInfo[]): Code {
    return fields.flatMap(({type}) => this.skip(type));
  }

  #variant(variants: readonly VariantInfo[], tag: Variable): Code {
    return [
      ...tag.set(this.#reader.byte.call()),
      ...variants.flatMap(({index, fields}) =>
        when(i32.eq(tag.get, i32.const(index)), leave(this.#fields(fields))),
      ),
      ...unreachable,
    ];
  }

  #sequence(element: TypeInfo, count: Variable, i: Variable): Code {
    const {compact32, at, end} = this.#reader;
    const size = fixedSize(element);
    invariant(size !== 0, "a list of nothing has no end");
    if (size === undefined) {
      return [
        ...count.set(compact32.call()),
        ...whileTrue(i32.lt(i.get, count.get), [
          ...this.skip(element),
          ...i.set(i32.add(i.get, i32.const(1))),
        ]),
      ];
    }
    // Divided, not multiplied: the product might not fit into 32 bits.
    const most = i32.div(i32.sub(end.get, at.get), i32.const(size));
    return [
      ...count.set(compact32.call()),
      ...trapIf(i32.gt(count.get, most)),
      ...this.#skipBytes(i32.mul(count.get, i32.const(size))),
    ];
  }
}
