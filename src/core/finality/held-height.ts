import {type ChainStore, keepNumber, keptNumber} from "#store";

/** Name under which the height is kept above which nothing is made final, as a u64. */
const HELD_AT = "grandpa-held-at";

/** A height above which a developer wants nothing to be final, remembered over restarts. */
export class HeldHeight {
  readonly #store: Pick<ChainStore, "value" | "setValue">;
  #height: number | undefined;

  constructor(store: Pick<ChainStore, "value" | "setValue">) {
    this.#store = store;
    this.#height = keptNumber(store, HELD_AT);
  }

  /** Undefined: nothing is held back. */
  get height(): number | undefined {
    return this.#height;
  }

  /** Whether that is another height than before. */
  set(height: number | undefined): boolean {
    if (height === this.#height) return false;
    this.#height = height;
    keepNumber(this.#store, HELD_AT, height);
    return true;
  }
}
