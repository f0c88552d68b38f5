import {bytesToBinary, err, LruCache, ok, type Result} from "#base";
import type {SignatureScheme} from "#crypto";
import {schemeOfKeyType} from "#keystore";
import type {Hash} from "#primitives";
import {
  askSessionKeyKinds,
  auraAuthorities,
  auraSlotDuration,
  describeApiFailure,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";
import type {StateView} from "#state";
import type {Blockchain} from "./blockchain.ts";
import {overOwnState} from "./own-state.ts";

/** Blocks whose answers are kept: tips of a few forks, and what is looked back on from them. */
const KEPT = 64;

interface Known {
  authorities?: readonly Uint8Array[];
  slotDuration?: number;
}

/** Which block is asked about. */
export interface AskedBlock {
  readonly hash: Hash;
  readonly state: StateView;
}

/** Why there is no answer. */
export interface Unanswered {
  /** For people. */
  readonly reason: string;
  /** It did not come in time, which says nothing of the chain: another time it may. */
  readonly isGivenUp: boolean;
}

const unanswered = (reason: string): Result<never, Unanswered> => err({reason, isGivenUp: false});
const failed = (failure: Parameters<typeof describeApiFailure>[0]): Result<never, Unanswered> =>
  err({reason: describeApiFailure(failure), isGivenUp: failure.code === "given-up"});

/**
 * What author, importer and others ask of the runtime about one block, asked once. Failures are not kept: what cannot be read
 * now may be read later.
 */
export class BlockAnswers {
  readonly #chain: Pick<Blockchain, "runtimeOf" | "host">;
  readonly #host: Pick<RuntimeHost, "verifySignature">;
  readonly #known = new LruCache<string, Known>(KEPT);
  readonly #schemes = new WeakMap<Runtime, SignatureScheme>();

  constructor(
    chain: Pick<Blockchain, "runtimeOf" | "host">,
    host: Pick<RuntimeHost, "verifySignature">,
  ) {
    this.#chain = chain;
    this.#host = host;
  }

  /** Aura keys in the order of their turns, for a block on this one. */
  authorities(block: AskedBlock): Result<readonly Uint8Array[], Unanswered> {
    return this.#ask(block, "authorities", auraAuthorities, keys => keys);
  }

  /** The scheme of Aura keys, for a block on this one: what the runtime asks for when it makes some. */
  auraScheme({state}: Pick<AskedBlock, "state">): Result<SignatureScheme, Unanswered> {
    const runtime = this.#chain.runtimeOf(state);
    if (!runtime.ok) return unanswered(runtime.error);
    const known = this.#schemes.get(runtime.value);
    if (known !== undefined) return ok(known);
    const host = this.#chain.host(state, this.#host);
    const kinds = overOwnState(askSessionKeyKinds(runtime.value, host));
    // One that makes no keys leaves it to the type.
    if (!kinds.ok && kinds.error.code !== "function-not-found") {
      return failed(kinds.error);
    }
    const said = kinds.ok ? kinds.value.find(({keyType}) => keyType === "aura")?.scheme : undefined;
    const scheme = said ?? schemeOfKeyType("aura");
    this.#schemes.set(runtime.value, scheme);
    return ok(scheme);
  }

  /** Milliseconds a slot, for a block on this one. A runtime that says 0, or more than fits, has no slots. */
  slotDuration(block: AskedBlock): Result<number, Unanswered> {
    const duration = this.#ask(block, "slotDuration", auraSlotDuration, Number);
    if (!duration.ok) return duration;
    return duration.value > 0 && Number.isSafeInteger(duration.value)
      ? duration
      : unanswered(`a slot of ${duration.value} ms`);
  }

  #ask<T, K extends keyof Known>(
    block: AskedBlock,
    what: K,
    question: (
      runtime: Parameters<typeof auraAuthorities>[0],
      host: RuntimeHost,
    ) => Result<T, Parameters<typeof describeApiFailure>[0]>,
    read: (answer: T) => NonNullable<Known[K]>,
  ): Result<NonNullable<Known[K]>, Unanswered> {
    const key = bytesToBinary(block.hash);
    const known = this.#known.get(key) ?? {};
    const before = known[what];
    if (before !== undefined) return ok(before as NonNullable<Known[K]>);
    const runtime = this.#chain.runtimeOf(block.state);
    if (!runtime.ok) return unanswered(runtime.error);
    const host = this.#chain.host(block.state, this.#host);
    const answer = overOwnState(question(runtime.value, host));
    if (!answer.ok) return failed(answer.error);
    const value = read(answer.value);
    known[what] = value;
    this.#known.set(key, known);
    return ok(value);
  }
}
