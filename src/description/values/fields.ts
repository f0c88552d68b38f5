import type {FieldInfo} from "#codec";
import {camelCase} from "../names.ts";
import {expect, inside, MisfitError} from "./misfit.ts";
import type {Reading, ValueNode, Writing} from "./walk.ts";

type NodeOf = (type: FieldInfo["type"]) => ValueNode;

/** Fields of a struct or of a case: none, a single unnamed one, which is what it holds, a list, or names. */
export function fieldsNode(fields: readonly FieldInfo[], nodeOf: NodeOf): ValueNode {
  const [first] = fields;
  if (first === undefined) return NOTHING;
  if (fields.length === 1 && first.name === undefined) return singleNode(first, nodeOf);
  const names = namesOf(fields);
  return names === undefined
    ? listNode(() => fields.map(({type}) => type), nodeOf)
    : structNode(fields, names, nodeOf);
}

/** No bytes; `undefined`, and for calls and events without arguments also `{}`. */
export const NOTHING: ValueNode = {
  read: () => undefined,
  write(_, value) {
    const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
    if (value !== undefined && !isEmpty) expect("nothing");
  },
};

function singleNode({type}: FieldInfo, nodeOf: NodeOf): ValueNode {
  let inner: ValueNode | undefined;
  return {
    read(reading) {
      inner ??= nodeOf(type);
      reading.enter();
      const value = inner.read(reading);
      reading.leave();
      return value;
    },
    write(writing, value) {
      inner ??= nodeOf(type);
      writing.enter();
      inner.write(writing, value);
      writing.leave();
    },
  };
}

/** Values one after another, each of a type of its own. */
export function listNode(types: () => readonly FieldInfo["type"][], nodeOf: NodeOf): ValueNode {
  let inner: ValueNode[] | undefined;
  return {
    read(reading) {
      inner ??= types().map(nodeOf);
      reading.enter();
      const values: unknown[] = [];
      for (const node of inner) values.push(node.read(reading));
      reading.leave();
      return values;
    },
    write(writing, value) {
      inner ??= types().map(nodeOf);
      if (!Array.isArray(value) || value.length !== inner.length) {
        return expect(`a list of ${inner.length}`);
      }
      writing.enter();
      for (const [i, node] of inner.entries()) writeAt(node, i, writing, value[i]);
      writing.leave();
    },
  };
}

function structNode(
  fields: readonly FieldInfo[],
  names: readonly string[],
  nodeOf: NodeOf,
): ValueNode {
  let inner: ValueNode[] | undefined;
  const resolve = () => fields.map(({type}) => nodeOf(type));
  const spellings = new Map(
    fields.flatMap(({name}, i) => [
      [name!, i],
      [names[i]!, i],
    ]),
  );
  return {
    read(reading: Reading) {
      inner ??= resolve();
      reading.enter();
      const value: Record<string, unknown> = {};
      for (let i = 0; i < inner.length; i++) value[names[i]!] = inner[i]!.read(reading);
      reading.leave();
      return value;
    },
    write(writing: Writing, value) {
      inner ??= resolve();
      const given = givenFields(value, spellings, names);
      writing.enter();
      for (const [i, node] of inner.entries()) writeAt(node, names[i]!, writing, given[i]);
      writing.leave();
    },
  };
}

function givenFields(
  value: unknown,
  spellings: ReadonlyMap<string, number>,
  names: readonly string[],
): unknown[] {
  const expected = `an object with ${names.join(", ")}`;
  const isObject =
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array);
  if (!isObject) return expect(expected);
  const given = new Array<unknown>(names.length);
  for (const [key, field] of Object.entries(value)) {
    const index = spellings.get(key);
    if (index === undefined) {
      const only = `no such field, but ${names.join(", ")}`;
      throw new MisfitError({code: "misfit", at: key, expected: only});
    }
    given[index] = field;
  }
  return given;
}

export function writeAt(
  node: ValueNode,
  place: string | number,
  writing: Writing,
  value: unknown,
): void {
  try {
    node.write(writing, value);
  } catch (error) {
    throw inside(error, place);
  }
}

/** By which fields are known to JavaScript; undefined where some have no name, or not one of their own. */
function namesOf(fields: readonly FieldInfo[]): readonly string[] | undefined {
  const names = fields.map(({name}) => (name === undefined ? "" : camelCase(name)));
  const isUsable = names.every(name => name !== "" && name !== "__proto__");
  return isUsable && new Set(names).size === names.length ? names : undefined;
}
