import type {Touch, TouchKind} from "#runtime-api";
import type {ChildName, StorageKey} from "#state";

/** How many are remembered. A power of two. */
export const MOST_TOUCHES = 8;

/**
 * What a call asked of storage last. It is noted at each access, whether or not anybody will want to know: three words
 * written to places that are there, which no measurement finds among what an access costs, whereas running a call that was cut
 * short once more to see it would let whoever sends such calls have everything twice.
 */
export class RecentTouches {
  readonly #kinds = new Array<TouchKind>(MOST_TOUCHES).fill("read");
  readonly #keys = new Array<StorageKey>(MOST_TOUCHES).fill("");
  readonly #children = new Array<ChildName | undefined>(MOST_TOUCHES).fill(undefined);
  #count = 0;

  reset(): void {
    this.#count = 0;
  }

  note(kind: TouchKind, key: StorageKey, child?: ChildName): void {
    const at = this.#count++ & (MOST_TOUCHES - 1);
    this.#kinds[at] = kind;
    this.#keys[at] = key;
    this.#children[at] = child;
  }

  /** The latest first. */
  latest(): readonly Touch[] {
    const touches: Touch[] = [];
    for (let i = this.#count - 1; i >= 0 && touches.length < MOST_TOUCHES; i--) {
      const at = i & (MOST_TOUCHES - 1);
      const child = this.#children[at];
      touches.push({
        kind: this.#kinds[at]!,
        key: this.#keys[at]!,
        ...(child === undefined ? {} : {child}),
      });
    }
    return touches;
  }
}
