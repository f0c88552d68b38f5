import type {Hex, Report, Result, Steps} from "#base";
import type {SignatureScheme} from "#crypto";
import type {RuntimeVersion} from "#primitives";
import type {ChildName, Externalities, StorageKey} from "#state";

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
  /**
   * Makes a key of this type in the node's keystore; absent where there is none. Undefined where it could not be made: the
   * call then has no answer. `scheme`: where the runtime says it rather than leaving it to the type.
   */
  generateSessionKey?(
    keyType: string,
    seed: Uint8Array | undefined,
    scheme?: SignatureScheme,
  ): Uint8Array | undefined;
  /** What a runtime may do with keys that the node has; absent where it may do nothing, and then such a call traps. */
  readonly keys?: HostKeys;
  /**
   * Milliseconds after which the call is to be given up, where that is sooner than the engine would: those of whoever asks for
   * something that it decides itself how long to take. Engines whose calls all end do not look at it.
   */
  readonly patience?: number;
  /** A client or a peer wants to know; nothing of this node's own comes of it. */
  readonly isAsked?: boolean;
  /** Size of the proof of what was read so far, in bytes; absent where none is recorded, which runtimes can tell. */
  proofSize?(): bigint;
}

/** Keys of the node by scheme and type, for runtimes that sign off the chain. */
export interface HostKeys {
  publicKeys(scheme: SignatureScheme, keyType: string): readonly Uint8Array[];
  /** Undefined where there is no such key. */
  sign(
    scheme: SignatureScheme,
    keyType: string,
    publicKey: Uint8Array,
    message: Uint8Array,
  ): Uint8Array | undefined;
}

/** Why a runtime call gave no answer. */
export type RuntimeFailure =
  | {readonly code: "function-not-found"; readonly name: string}
  | {readonly code: "arguments-invalid"; readonly name: string; readonly reason: string}
  /** The runtime panicked: the block or transaction at hand is unusable. */
  | Trap
  | GivenUpCall
  | StateMissing;

export interface Trap {
  readonly code: "trap";
  readonly name: string;
  /** What the runtime said when it panicked, which holds file and line where it was built so, or what its host refused. */
  readonly message: string;
  /** Where it was; absent where the engine does not know. */
  readonly place?: TrapPlace;
  /** The same for people, with what the runtime's description says of it: lines with a label each. */
  readonly facts?: Report["facts"];
  /** The engine's own stack ended, maybe in the middle of a change of the state, which is not to be used any more. */
  readonly isStateLost?: true;
}

/** Where a runtime was when it trapped. */
export interface TrapPlace {
  /** Its functions by name, the innermost first; those that do the panicking are left out. */
  readonly stack: readonly string[];
  /** What it asked of storage last, the latest first. */
  readonly touched: readonly Touch[];
}

/** `next`: the key after this one. `clear`: all keys that begin so. */
export type TouchKind = "read" | "write" | "remove" | "next" | "clear";

export interface Touch {
  readonly kind: TouchKind;
  readonly key: StorageKey;
  /** Of which child trie; absent for the top trie. */
  readonly child?: ChildName;
}

/**
 * A call that did not end in time. That says nothing of the block or transaction, which may be right on a faster machine; the
 * state that it was made on is not to be used any more.
 */
export interface GivenUpCall {
  readonly code: "given-up";
  readonly name: string;
  readonly milliseconds: number;
}

/**
 * The state at hand lacks what the call came upon: of a proof that is too short or a state kept elsewhere, something to
 * fetch before the call is run again; of a database of one's own, damage. It says nothing of a block or transaction.
 */
export interface StateMissing {
  readonly code: "state-missing";
  readonly name: string;
  /** The key that was being read, where one was. */
  readonly key: Hex | undefined;
  /** The name of the child trie that the key and the path are of; of the top trie undefined. */
  readonly child: Hex | undefined;
  /** The nibbles that lead to the missing node (an odd one with a zero after it), or the key of the missing value. */
  readonly path: Hex;
  /** Of the missing node or value. */
  readonly hash: Hex;
}

/**
 * The one door to a runtime: a function's name and SCALE arguments in, SCALE result out, over the state that the
 * host gives (spec/rpc §4).
 */
export interface Runtime {
  readonly version: RuntimeVersion;
  /** Names of the functions that its code offers and of the host functions that it asks for; absent where it is no module. */
  readonly functions?: ReadonlySet<string>;
  readonly imports?: ReadonlySet<string>;
  /**
   * Whether every signature that it asks about stands or falls with the extrinsic at hand. Then an answer that was promised before it
   * was known, and does not hold, settles the matter; a runtime that may branch on a bad signature has to be run again with the truth.
   */
  readonly takesPromises?: boolean;
  /**
   * Runs the code itself, as a light client will with a proof of what was read, where the runtime at hand is another
   * program than the code that stands for it. Signatures are taken on trust.
   */
  callCode?(name: string, args: Uint8Array, host: RuntimeHost): void;
  /**
   * Watches over many calls that each come too often to be watched over alone; `name` is theirs. Absent where every call ends
   * or none is watched. What the work was in the middle of when it was given up is lost.
   */
  watched?<T>(name: string, work: () => T): Result<T, GivenUpCall>;
  /**
   * The same as `call`, with pauses in which the thread may be others': between two of them it is as short as one extrinsic. Absent
   * where a call cannot be interrupted.
   */
  callInSteps?(
    name: string,
    args: Uint8Array,
    host: RuntimeHost,
  ): Steps<Result<Uint8Array, RuntimeFailure>>;
  /** Runs in `runCall`: leaves as many transactions of the host's state open as it found. */
  call(name: string, args: Uint8Array, host: RuntimeHost): Result<Uint8Array, RuntimeFailure>;
}
