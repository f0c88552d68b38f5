import type {BinaryString} from "#base";
import {type Reader, storageKey} from "../declare/index.ts";

const TYPES = [
  "value",
  "hash",
  "closestDescendantMerkleValue",
  "descendantsValues",
  "descendantsHashes",
] as const;

export type StorageQueryType = (typeof TYPES)[number];

export interface StorageItem {
  readonly key: BinaryString;
  readonly type: StorageQueryType;
  /** Of descendants only those after this key. */
  readonly after: BinaryString | undefined;
}

export const isOfDescendants = (type: StorageQueryType): boolean => type.startsWith("descendants");

export const storageItem: Reader<StorageItem> = {
  expected: `{"key": hex, "type": one of ${TYPES.join(", ")}, "paginationStartKey"?: hex}`,
  schema: {
    type: "object",
    properties: {
      key: storageKey.schema,
      type: {enum: TYPES},
      paginationStartKey: storageKey.schema,
    },
    required: ["key", "type"],
  },
  read(json) {
    if (typeof json !== "object" || json === null) return undefined;
    const given = json as Record<string, unknown>;
    const key = storageKey.read(given.key);
    const type = TYPES.find(each => each === given.type);
    if (key === undefined || type === undefined) return undefined;
    const start = given.paginationStartKey ?? undefined;
    if (start === undefined) return {key, type, after: undefined};
    const after = storageKey.read(start);
    return after === undefined || !isOfDescendants(type) ? undefined : {key, type, after};
  },
};
