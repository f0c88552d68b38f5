import {decode, encode, u64} from "#codec";
import type {ChainStore} from "#store";

/** Name under which the height is kept above which nothing is made final, as a u64. */
const HELD_AT = "grandpa-held-at";

/** A height above which a developer wants nothing to be final, remembered over restarts. */
export class HeldHeight {
  readonly #store: Pick<ChainStore, "value" | "setValue">;
  #height: number | undefined;

  constructor(store: Pick<ChainStore, "value" | "setValue">) {
    this.#store = store;
    const bytes = store.value(HELD_AT);
    const decoded = bytes === undefined ? undefined : decode(u64, bytes);
    this.#height = decoded?.ok === true ? Number(decoded.value) : undefined;
  }

  /** Undefined: nothing is held back. */
  get height(): number | undefined {
    return this.#height;
  }

  /** Whether that is another height than before. */
  set(height: number | undefined): boolean {
    if (height === this.#height) return false;
    this.#height = height;
    const kept = height === undefined ? undefined : encode(u64, BigInt(height));
    this.#store.setValue(HELD_AT, kept);
    return true;
  }
}
