import type {TypeInfo} from "../../../../src/codec/index.ts";
import {
  describe,
  isUnknown,
  readValue,
  sessionKeysType,
} from "../../../../src/description/index.ts";
import {toMetadata15} from "./to-metadata-15.ts";

/** Of session keys: which kind is how many bytes long, one after the other. */
export type KeyLayout = readonly {readonly keyType: string; readonly length: number}[];

export interface OldMetadata {
  /** As metadata 15. */
  readonly bytes: Uint8Array;
  /** Why bytes are no value of a type, by its place; undefined where they are one, to the last byte. */
  readonly whyUnread: (type: number, bytes: Uint8Array) => string | undefined;
  /** Types that a type is made of and nobody describes, by their names. */
  readonly unknownIn: (type: number) => readonly string[];
}

/** Metadata 13, with what its chain's session keys are where that is known; undefined where it does not decode. */
export function readOldMetadata(
  bytes: Uint8Array,
  keys: KeyLayout | undefined,
): OldMetadata | undefined {
  const types = keys && {Keys: sessionKeysType(keys)};
  const described = describe(bytes, types && {types});
  if (!described.ok || described.value.metadataVersion !== 13) return undefined;
  const {bytes: portable, infos} = toMetadata15(described.value);
  return {
    bytes: portable,
    whyUnread(type, value) {
      const read = readValue(infos[type]!, value);
      return read.ok ? undefined : read.error.message;
    },
    unknownIn: type => unknownIn(infos[type]!),
  };
}

function unknownIn(type: TypeInfo): readonly string[] {
  const names = new Set<string>();
  const seen = new Set([type]);
  // A set that grows while it is gone through.
  for (const each of seen) {
    if (isUnknown(each)) names.add(each.unknown);
    else for (const part of partsOf(each)) seen.add(part);
  }
  return [...names];
}

function partsOf({def}: TypeInfo): readonly TypeInfo[] {
  switch (def.kind) {
    case "composite":
      return def.fields.map(({type}) => type);
    case "variant":
      return def.variants.flatMap(({fields}) => fields.map(({type}) => type));
    case "tuple":
      return def.elements;
    case "sequence":
    case "array":
      return [def.element];
    case "compact":
      return [def.inner];
    default:
      return [];
  }
}
