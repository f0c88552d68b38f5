import {err, ok, type Result} from "#base";
import type {TypeInfo, VariantInfo} from "#codec";
import {era} from "#primitives";
import {byName} from "../names.ts";
import {fieldsNode, writeAt} from "./fields.ts";
import {isNothing, unwrapped} from "./integers.ts";
import {expect} from "./misfit.ts";
import type {ValueNode} from "./walk.ts";

type NodeOf = (type: TypeInfo) => ValueNode;

/** A call as people write it; stands for a value of an enum of enums. */
export interface NamedCall {
  /** `Balances.transfer_keep_alive`; camelCase is taken too. */
  readonly call: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

export function variantNode(
  type: TypeInfo,
  variants: readonly VariantInfo[],
  nodeOf: NodeOf,
): ValueNode {
  const name = type.path.join("::");
  const [first, second] = variants;
  if (name === "sp_runtime::generic::era::Era") return eraNode;
  if (name === "Option" && isCase(first, "None", 0, 0) && isCase(second, "Some", 1, 1)) {
    return optionNode(second.fields[0]!.type, nodeOf);
  }
  if (name === "Result" && isCase(first, "Ok", 0, 1) && isCase(second, "Err", 1, 1)) {
    return resultNode(first.fields[0]!.type, second.fields[0]!.type, nodeOf);
  }
  return casesNode(type, variants, nodeOf);
}

function isCase(
  found: VariantInfo | undefined,
  name: string,
  index: number,
  fields: number,
): found is VariantInfo {
  return found?.name === name && found.index === index && found.fields.length === fields;
}

/** Metadata lists its first bytes as cases; it is two numbers. */
const eraNode: ValueNode = {
  read: ({source}) => era.decodeFrom(source),
  write({sink}, value) {
    const {type, period, phase} = (value ?? {}) as Readonly<Record<string, unknown>>;
    if (type === "Immortal") return era.encodeTo({type}, sink);
    const isEra =
      type === "Mortal" &&
      isPowerOfTwo(period) &&
      typeof phase === "number" &&
      Number.isInteger(phase / Math.max(period >> 12, 1)) &&
      phase >= 0 &&
      phase < period;
    if (!isEra) {
      const mortal = "{type: Mortal, period: a power of two from 4 to 65536, phase: below period}";
      return expect(`{type: Immortal}, or ${mortal}`);
    }
    era.encodeTo({type: "Mortal", period, phase}, sink);
  },
};

const isPowerOfTwo = (value: unknown): value is number =>
  typeof value === "number" && value >= 4 && value <= 65_536 && Number.isInteger(Math.log2(value));

/** Whether a value of the type may be `undefined`, which would then not be told from none. */
function mayBeUndefined(type: TypeInfo): boolean {
  const inner = unwrapped(type);
  const {def, path} = inner;
  if (def.kind === "compact") return isNothing(def.inner);
  return isNothing(inner) || (def.kind === "variant" && path.join() === "Option");
}

/** The value, or undefined; `{type: "Some", value}` where the value could itself be undefined. */
function optionNode(some: TypeInfo, nodeOf: NodeOf): ValueNode {
  let inner: ValueNode | undefined;
  const isAmbiguous = mayBeUndefined(some);
  return {
    read(reading) {
      inner ??= nodeOf(some);
      const tag = reading.source.u8();
      if (tag > 1) reading.source.fail("invalid-value", `${tag} is no option`);
      if (tag === 0) return undefined;
      reading.enter();
      const value = inner.read(reading);
      reading.leave();
      return isAmbiguous ? {type: "Some", value} : value;
    },
    write(writing, value) {
      inner ??= nodeOf(some);
      writing.sink.u8(value === undefined ? 0 : 1);
      if (value === undefined) return;
      writing.enter();
      if (!isAmbiguous) inner.write(writing, value);
      else {
        const given = (value ?? {}) as {type?: unknown; value?: unknown};
        if (given.type !== "Some") expect("undefined, or {type: Some, value}");
        inner.write(writing, given.value);
      }
      writing.leave();
    },
  };
}

function resultNode(value: TypeInfo, error: TypeInfo, nodeOf: NodeOf): ValueNode {
  let inner: readonly [ValueNode, ValueNode] | undefined;
  const resolve = () => [nodeOf(value), nodeOf(error)] as const;
  return {
    read(reading) {
      inner ??= resolve();
      const tag = reading.source.u8();
      if (tag > 1) reading.source.fail("invalid-value", `${tag} is no result`);
      reading.enter();
      const held = inner[tag === 0 ? 0 : 1].read(reading);
      reading.leave();
      return tag === 0 ? ok(held) : err(held);
    },
    write(writing, value) {
      inner ??= resolve();
      const [good, bad] = inner;
      const outcome = (value ?? {}) as Partial<Result<unknown, unknown>>;
      if (typeof outcome.ok !== "boolean") expect("{ok: true, value} or {ok: false, error}");
      writing.sink.u8(outcome.ok ? 0 : 1);
      writing.enter();
      if (outcome.ok) writeAt(good, "value", writing, outcome.value);
      else writeAt(bad, "error", writing, (outcome as {error?: unknown}).error);
      writing.leave();
    },
  };
}

/** `{type: "Name", value: its fields}`; a name alone where no case of the enum has any fields. */
function casesNode(type: TypeInfo, variants: readonly VariantInfo[], nodeOf: NodeOf): ValueNode {
  const byIndex = new Map(variants.map(variant => [variant.index, variant]));
  const inner = new Map<VariantInfo, ValueNode>();
  const isPlain = variants.every(({fields}) => fields.length === 0);
  const isAddress = type.path.at(-1) === "MultiAddress";
  const nodeFor = (chosen: VariantInfo) => {
    let node = inner.get(chosen);
    if (node === undefined) {
      node = fieldsNode(chosen.fields, nodeOf);
      inner.set(chosen, node);
    }
    return node;
  };
  return {
    read(reading) {
      const index = reading.source.u8();
      const chosen = byIndex.get(index);
      if (chosen === undefined) {
        const name = type.path.at(-1) ?? "the enum";
        return reading.source.fail("invalid-value", `${name} has no case ${index}`);
      }
      if (isPlain) return chosen.name;
      reading.enter();
      const value = nodeFor(chosen).read(reading);
      reading.leave();
      return {type: chosen.name, value};
    },
    write(writing, value) {
      const {name, held} = caseFrom(value, isAddress);
      const chosen = byName(variants, name);
      if (chosen === undefined) {
        const names = variants.map(each => each.name).join(", ");
        return expect(`{type, value} with the type one of ${names}`);
      }
      writing.sink.u8(chosen.index);
      writing.enter();
      writeAt(nodeFor(chosen), chosen.name, writing, held);
      writing.leave();
    },
  };
}

/** Also an account or its address where an enum of addresses stands, and a call by its names. */
function caseFrom(value: unknown, isAddress: boolean): {name: unknown; held?: unknown} {
  if (isAddress && (value instanceof Uint8Array || isAddressText(value))) {
    return {name: "Id", held: value};
  }
  if (typeof value === "string") return {name: value};
  if (typeof value !== "object" || value === null) return {name: undefined};
  const {type, value: held, call, args} = value as Readonly<Record<string, unknown>>;
  if (type === undefined && typeof call === "string") {
    const [pallet, name = ""] = call.split(".");
    return {name: pallet, held: {type: name, value: args}};
  }
  return {name: type, held};
}

const isAddressText = (value: unknown) => typeof value === "string" && value.length > 32;
