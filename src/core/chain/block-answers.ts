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

/**
 * What author, importer and others ask of the runtime about one block, asked once. The failures are reasons for people, and
 * are not kept: what cannot be read now may be read later.
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
  authorities(block: AskedBlock): Result<readonly Uint8Array[], string> {
    return this.#ask(block, "authorities", auraAuthorities, keys => keys);
  }

  /** The scheme of Aura keys, for a block on this one: what the runtime asks for when it makes some. */
  auraScheme({state}: Pick<AskedBlock, "state">): Result<SignatureScheme, string> {
    const runtime = this.#chain.runtimeOf(state);
    if (!runtime.ok) return runtime;
    const known = this.#schemes.get(runtime.value);
    if (known !== undefined) return ok(known);
    const host = this.#chain.host(state, this.#host);
    const kinds = overOwnState(askSessionKeyKinds(runtime.value, host));
    // One that makes no keys leaves it to the type.
    if (!kinds.ok && kinds.error.code !== "function-not-found") {
      return err(describeApiFailure(kinds.error));
    }
    const said = kinds.ok ? kinds.value.find(({keyType}) => keyType === "aura")?.scheme : undefined;
    const scheme = said ?? schemeOfKeyType("aura");
    this.#schemes.set(runtime.value, scheme);
    return ok(scheme);
  }

  /** Milliseconds a slot, for a block on this one. A runtime that says 0, or more than fits, has no slots. */
  slotDuration(block: AskedBlock): Result<number, string> {
    const duration = this.#ask(block, "slotDuration", auraSlotDuration, Number);
    if (!duration.ok) return duration;
    return duration.value > 0 && Number.isSafeInteger(duration.value)
      ? duration
      : err(`a slot of ${duration.value} ms`);
  }

  #ask<T, K extends keyof Known>(
    block: AskedBlock,
    what: K,
    question: (
      runtime: Parameters<typeof auraAuthorities>[0],
      host: RuntimeHost,
    ) => Result<T, Parameters<typeof describeApiFailure>[0]>,
    read: (answer: T) => NonNullable<Known[K]>,
  ): Result<NonNullable<Known[K]>, string> {
    const key = bytesToBinary(block.hash);
    const known = this.#known.get(key) ?? {};
    const before = known[what];
    if (before !== undefined) return ok(before as NonNullable<Known[K]>);
    const runtime = this.#chain.runtimeOf(block.state);
    if (!runtime.ok) return runtime;
    const host = this.#chain.host(block.state, this.#host);
    const answer = overOwnState(question(runtime.value, host));
    if (!answer.ok) return err(describeApiFailure(answer.error));
    const value = read(answer.value);
    known[what] = value;
    this.#known.set(key, known);
    return ok(value);
  }
}
