import assert from "node:assert/strict";
import {test} from "node:test";
import type {TypeInfo} from "#codec";
import {descriptionOf, hashing, khala} from "../test-kit/our-metadata.ts";
import {readNamedState} from "./index.ts";

const description = descriptionOf(khala);

const DEEPEST = 12;

const camelCase = (name: string) =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** All JSON values of a type in which one integer does not fit, and the rest is left out. */
function* misfits({def, path}: TypeInfo, depth = 0): Generator<unknown> {
  if (depth > DEEPEST || path.join("::") === "sp_core::crypto::AccountId32") return;
  switch (def.kind) {
    case "primitive": {
      const [, sign, bits] = /^([ui])(\d+)$/.exec(def.name) ?? [];
      if (bits === undefined) return;
      const highest = 1n << (sign === "u" ? BigInt(bits) : BigInt(bits) - 1n);
      for (const value of [highest, highest << 64n, sign === "u" ? -1n : -highest - 1n]) {
        yield String(value);
        if (value >= -(2n ** 53n) && value < 2n ** 53n) yield Number(value);
      }
      return;
    }
    case "compact":
      yield* misfits(def.inner, depth + 1);
      return;
    case "sequence":
    case "array":
      if (def.element.def.kind === "primitive" && def.element.def.name === "u8") return;
      for (const item of misfits(def.element, depth + 1)) yield [item];
      return;
    case "tuple":
      for (const [i, element] of def.elements.entries()) {
        for (const item of misfits(element, depth + 1)) {
          const list = new Array<unknown>(def.elements.length);
          list[i] = item;
          yield list;
        }
      }
      return;
    case "composite":
      for (const {name, type} of def.fields) {
        for (const item of misfits(type, depth + 1)) {
          if (name === undefined && def.fields.length === 1) yield item;
          else if (name !== undefined) yield {[camelCase(name)]: item};
        }
      }
      return;
    case "variant":
      if (path.join() !== "Option") return;
      for (const item of misfits(def.variants[1]!.fields[0]!.type, depth + 1)) yield item;
  }
}

test("an integer that does not fit its place is refused in every item of every pallet, as key and as value", () => {
  const seen = new Set<string>();
  for (const {name, storage} of description.pallets) {
    for (const {name: item, keys, value} of storage) {
      const refused = (json: unknown) => {
        const read = readNamedState(description, {[name]: {[item]: json}}, hashing);
        assert.ok(!read.ok, `${name}.${item} took ${JSON.stringify(json)}`);
        assert.ok(read.error.at.startsWith(`${name}.${item}`), read.error.at);
        assert.match(read.error.expected, /a whole number from|^one of , /);
        seen.add(`${name}.${item}`);
      };
      const [key] = keys;
      for (const wrong of misfits(value))
        refused(key === undefined ? wrong : [[[undefined], wrong]]);
      if (key === undefined) continue;
      for (const wrong of misfits(key)) refused([[[wrong], null]]);
    }
  }
  for (const item of [
    "System.Account",
    "Balances.TotalIssuance",
    "Timestamp.Now",
    "System.Number",
  ]) {
    assert.ok(seen.has(item), `${item} was not looked at`);
  }
});
