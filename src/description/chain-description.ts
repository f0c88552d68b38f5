import type {TypeInfo} from "#codec";

/** How a map's key becomes part of a storage key; in the order of their indices in metadata. */
export const STORAGE_HASHERS = [
  "Blake2_128",
  "Blake2_256",
  "Blake2_128Concat",
  "Twox128",
  "Twox256",
  "Twox64Concat",
  "Identity",
] as const;
export type StorageHasher = (typeof STORAGE_HASHERS)[number];

/** A value in state, or values under keys. */
export interface StorageItem {
  /** Name of the pallet, as its other parts are called by. */
  readonly pallet: string;
  /** What its storage keys are made from; the pallet's name, nearly always. */
  readonly prefix: string;
  readonly name: string;
  /** What reads where nothing is stored: nothing, or `fallback`. */
  readonly modifier: "Optional" | "Default";
  /** One for each key; none for a plain value. */
  readonly hashers: readonly StorageHasher[];
  readonly keys: readonly TypeInfo[];
  readonly value: TypeInfo;
  /** SCALE. */
  readonly fallback: Uint8Array;
  readonly docs: readonly string[];
}

export interface ConstantDescription {
  readonly name: string;
  readonly type: TypeInfo;
  /** SCALE. */
  readonly value: Uint8Array;
  readonly docs: readonly string[];
}

export interface PalletDescription {
  readonly name: string;
  readonly index: number;
  readonly docs: readonly string[];
  readonly storage: readonly StorageItem[];
  /** Enums of its calls, events and errors. */
  readonly calls: TypeInfo | undefined;
  readonly events: TypeInfo | undefined;
  readonly errors: TypeInfo | undefined;
  readonly constants: readonly ConstantDescription[];
}

/** One of the checks around a transaction: what travels in it, and what is only signed along. */
export interface ExtensionDescription {
  readonly identifier: string;
  readonly extra: TypeInfo;
  readonly additional: TypeInfo;
}

export interface ExtrinsicDescription {
  /** Formats that the runtime takes: 4, 5. */
  readonly versions: readonly number[];
  readonly address: TypeInfo;
  readonly signature: TypeInfo;
  /** In the order in which they stand in an extrinsic of format 4. */
  readonly extensions: readonly ExtensionDescription[];
  /** The same by the version byte of general transactions of format 5; known from metadata 16 on. */
  readonly extensionsByVersion: ReadonlyMap<number, readonly ExtensionDescription[]>;
}

export interface ApiMethodDescription {
  readonly name: string;
  readonly inputs: readonly {readonly name: string; readonly type: TypeInfo}[];
  readonly output: TypeInfo;
  readonly docs: readonly string[];
}

export interface ApiDescription {
  readonly name: string;
  /** Known from metadata 16 on; Core's version says it of any runtime, by the hash of the name. */
  readonly version: number | undefined;
  readonly methods: readonly ApiMethodDescription[];
  readonly docs: readonly string[];
}

/** A runtime as its metadata describes it. Pallets are in the order of the metadata. */
export interface ChainDescription {
  readonly metadataVersion: MetadataVersion;
  readonly pallets: readonly PalletDescription[];
  readonly extrinsic: ExtrinsicDescription;
  /** Enums of all pallets' calls, events and errors; the case's index is the pallet's. */
  readonly call: TypeInfo;
  readonly event: TypeInfo;
  readonly error: TypeInfo;
  /** Undefined in metadata 13 and 14, which do not publish them. */
  readonly apis: readonly ApiDescription[] | undefined;
}

export const METADATA_VERSIONS = [13, 14, 15, 16] as const;
export type MetadataVersion = (typeof METADATA_VERSIONS)[number];

/** Why bytes are not a description. */
export type DescribeFailure =
  /** They do not begin with `meta`, in whatever wrapping. */
  | {readonly code: "not-metadata"}
  | {readonly code: "version-unsupported"; readonly version: number}
  /** `offset` counts from the first byte of `meta`. */
  | {readonly code: "malformed"; readonly message: string; readonly offset: number};
