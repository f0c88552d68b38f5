import type {Result} from "#base";
import type {SignatureScheme} from "#crypto";
import type {RuntimeVersion} from "#primitives";
import type {Externalities} from "#state";

/** A signature that a runtime wants checked, by an account rather than by a key. */
export interface SignatureRequest {
  readonly scheme: SignatureScheme;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly account: Uint8Array;
}

/** What a runtime may ask of the node while it runs. */
export interface RuntimeHost {
  readonly state: Externalities;
  /**
   * Whether the signature holds. The node may answer from memory, or answer `true` and settle the matter itself
   * before it relies on the result.
   */
  verifySignature(request: SignatureRequest): boolean;
  /** Makes a key of this type in the node's keystore; absent where there is none. */
  generateSessionKey?(keyType: string, seed: Uint8Array | undefined): Uint8Array;
}

/** Why a runtime call gave no answer. */
export type RuntimeFailure =
  | {readonly code: "function-not-found"; readonly name: string}
  | {readonly code: "arguments-invalid"; readonly name: string; readonly reason: string}
  /** The runtime panicked: the block or transaction at hand is unusable. */
  | {readonly code: "trap"; readonly name: string; readonly message: string};

/**
 * The one door to a runtime: a function's name and SCALE arguments in, SCALE result out, over the state that the
 * host gives (spec/rpc §4).
 */
export interface Runtime {
  readonly version: RuntimeVersion;
  /**
   * Whether every signature that it asks about stands or falls with the extrinsic at hand. Then an answer may be promised
   * before it is known; a runtime that may branch on a bad signature has to be told the truth at once.
   */
  readonly takesPromises?: boolean;
  /**
   * Runs the code itself, as a light client will with a proof of what was read, where the runtime at hand is another
   * program than the code that stands for it. Signatures are taken on trust.
   */
  callCode?(name: string, args: Uint8Array, host: RuntimeHost): void;
  call(name: string, args: Uint8Array, host: RuntimeHost): Result<Uint8Array, RuntimeFailure>;
}
