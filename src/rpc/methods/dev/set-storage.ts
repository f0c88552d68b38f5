import {equalBytes, err, ok} from "#base";
import type {StorageKey} from "#state";
import {
  bytes,
  hash,
  listOf,
  method,
  optional,
  param,
  type Reader,
  storageKey,
} from "../../declare/index.ts";
import type {StateValues, TimeTools} from "../../questions/time-tools.ts";
import {toHex} from "../../shapes/hex.ts";
import {timeToolError} from "../../shapes/time-tool-error.ts";

const pair: Reader<readonly [StorageKey, Uint8Array | undefined]> = {
  expected: "[key, value or null to remove it], both 0x-prefixed hex of SCALE bytes",
  schema: {
    type: "array",
    items: [storageKey.schema, {anyOf: [bytes.schema, {type: "null"}]}],
    minItems: 2,
    maxItems: 2,
  },
  read(json) {
    if (!Array.isArray(json) || json.length !== 2) return undefined;
    const key = storageKey.read(json[0]);
    const value = json[1] === null ? undefined : bytes.read(json[1]);
    return key === undefined || (json[1] !== null && value === undefined)
      ? undefined
      : [key, value];
  },
};

interface ByName {
  readonly named: object;
}

/** By keys, or by the names of pallets and items. */
const stateValues: Reader<StateValues | ByName> = {
  expected: `a list of ${pair.expected}, or {Pallet: {Item: value, or [[key], value] of a map}}`,
  schema: {anyOf: [listOf(pair).schema, {type: "object", additionalProperties: {type: "object"}}]},
  read(json) {
    const isNamed = typeof json === "object" && json !== null && !Array.isArray(json);
    return isNamed ? {named: json} : listOf(pair).read(json);
  },
};

/**
 * Writes to the state as no transaction could. Chopsticks changes the best block's state in place; here a state is
 * bound to its header, so the values come with a new block. Both of chopsticks' forms: raw, and by names.
 */
export const devSetStorage = (tools: TimeTools) =>
  method({
    name: "dev_setStorage",
    unsafe: true,
    params: [param("values", stateValues), optional("blockHash", hash)],
    result: "Hash of the new best block, after which the values are there",
    async handle({chain}, given, block) {
      const best = chain.best();
      if (block !== undefined && !equalBytes(block, best.hash)) {
        return err(timeToolError({code: "not-the-best", best}));
      }
      const values = "named" in given ? tools.namedValues(given.named) : ok(given);
      if (!values.ok) return err(timeToolError(values.error));
      const made = await tools.overrideState(values.value);
      return made.ok ? ok(toHex(made.value.hash)) : err(timeToolError(made.error));
    },
  });
