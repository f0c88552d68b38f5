/**
 * A runtime described: what its metadata (13 to 16) says of pallets, storage items, calls, events, errors, constants,
 * extensions and runtime APIs, as the codec's type information. `describe` makes a `ChainDescription` of the bytes,
 * `describeRuntime` of a runtime that is asked for them; everything else here goes by one, so that a chain is read and
 * written to by the names that it publishes, whichever runtime it has: `codecOf` makes a codec of any type,
 * `StateReader` reads a state, `readNamedState` turns one said in JSON into keys and values, `encodeCall` and
 * `signExtrinsic` make transactions, `readEvents` and `nameDispatchError` say what became of them.
 *
 * What is not published is not known, and said to be so: a type that metadata 13 names and nobody describes
 * (`type-unknown`), an item that the chain does not have (`not-published`), an extension that asks for what nobody here
 * knows of (`extension-unknown`). Nothing of it is guessed. Metadata is as untrusted as any bytes: types may contain
 * themselves, and neither describing nor reading a value recurses without bound or takes more memory than the bytes
 * account for.
 *
 * `metadata` reads the formats, `text-types` makes types of metadata 13's texts, `values` reads and writes by types.
 *
 * Out of scope: how our own runtime writes its metadata (`runtime/frame/metadata`), how a runtime is asked for it
 * (`runtime-api`), what a chain's items mean (`desk`), and where keys for signing come from.
 */
export {addressPrefix} from "./address-prefix.ts";
export * from "./apis/index.ts";
export * from "./calls/index.ts";
export * from "./chain-description.ts";
export {type DescribeOptions, describe} from "./describe.ts";
export {
  type DescriptionMissing,
  describeRuntime,
} from "./describe-runtime.ts";
export * from "./events/index.ts";
export * from "./extrinsics/index.ts";
export {
  type ConstantFailure,
  type FoundCase,
  findCall,
  findEvent,
  findItem,
  findPallet,
  readConstant,
  variantsOf,
} from "./find.ts";
export {innerMetadata} from "./metadata/index.ts";
export {
  callFromJson,
  type NamedChange,
  type NamedMisfit,
  readNamedState,
  valueFromJson,
} from "./named-state/index.ts";
export {camelCase, isSameName} from "./names.ts";
export * from "./state/index.ts";
export {sessionKeysType} from "./text-types/index.ts";
export * from "./values/index.ts";
