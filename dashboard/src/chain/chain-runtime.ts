import type {getLookupFn} from "@polkadot-api/metadata-builders";
import type {UnifiedMetadata} from "@polkadot-api/substrate-bindings";
import type {CarefulBuilder} from "./careful-builder.ts";

/** What a block's bytes mean, by the metadata of its runtime. */
export interface ChainRuntime {
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly apis: Version["apis"];
  readonly metadataBytes: Uint8Array;
  readonly metadata: UnifiedMetadata;
  /** Undefined where the metadata does not say what an extrinsic is made of. */
  readonly extrinsicTypes: ExtrinsicTypes | undefined;
  readonly lookup: ReturnType<typeof getLookupFn>;
  readonly builder: CarefulBuilder;
  /** Of the chain's addresses. */
  readonly addressPrefix: number;
}

export interface Version {
  readonly specVersion: number;
  readonly transactionVersion: number;
  /** Hash of a name and version of each. */
  readonly apis: readonly (readonly [string, number])[];
}

export interface ExtrinsicTypes {
  readonly address: number;
  readonly call: number;
  readonly signature: number;
}
