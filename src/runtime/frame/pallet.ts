import type {Result} from "#base";
import type {Codec, DecodeFailure, TypeInfo} from "#codec";
import type {InherentData, Weight} from "#primitives";
import type {Externalities} from "#state";
import type {Call} from "./call.ts";
import type {Constant} from "./constants.ts";
import type {StorageEntry} from "./storage.ts";

/** What the executive runs around a block's extrinsics, in the order of the composition. */
export interface Hooks {
  onInitialize?(state: Externalities, number: number): Weight;
  onFinalize?(state: Externalities, number: number): void;
  onRuntimeUpgrade?(state: Externalities): Weight;
}

/** Why an inherent was not accepted; a fatal one makes the block invalid for ever. */
export interface InherentError {
  readonly identifier: string;
  readonly fatal: boolean;
  /** The pallet's own encoding of the error. */
  readonly encoded: Uint8Array;
}

/** An unsigned call that the author adds from what only it knows, such as the time. */
export interface InherentProvider {
  /** Arguments of the call to add, or nothing. */
  create(
    state: Externalities,
    data: InherentData,
  ): Result<{call: Call; args: unknown} | undefined, DecodeFailure>;
  check(
    state: Externalities,
    call: {call: Call; args: unknown},
    data: InherentData,
  ): InherentError | undefined;
  isInherent(call: Call): boolean;
}

/** One pallet as composed into a runtime: everything the executive, dispatch and metadata need of it. */
export interface Pallet {
  /** Name in the runtime; storage keys follow from it. */
  readonly name: string;
  readonly index: number;
  readonly docs: string;
  /** Rust path of its types' module, `pallet_balances`. */
  readonly crate: string;
  readonly storageVersion: number;
  readonly storage: readonly StorageEntry[];
  readonly constants: readonly Constant[];
  readonly calls?: readonly Call[];
  readonly events?: Codec<unknown>;
  readonly errors?: TypeInfo;
  readonly hooks?: Hooks;
  readonly inherent?: InherentProvider;
}
