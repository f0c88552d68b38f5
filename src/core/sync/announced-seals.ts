import {bytesToBinary, LruCache} from "#base";
import type {Hash, Header} from "#primitives";
import type {BlockImporter} from "../chain/block-importer.ts";

/** Headers whose seal was looked at: all that peers speak of between two blocks. */
const REMEMBERED = 256;

/**
 * Looks at the seals of headers that peers announce on blocks that we have, each once. Without it anybody could have
 * us fetch blocks that no author has made.
 */
export class AnnouncedSeals {
  readonly #importer: Pick<BlockImporter, "checkSeal">;
  readonly #looked = new LruCache<string, string | undefined>(REMEMBERED);

  constructor(importer: Pick<BlockImporter, "checkSeal">) {
    this.#importer = importer;
  }

  /** Whether one that was looked at lately is by whose turn it was. */
  isGood(hash: Hash): boolean {
    const key = bytesToBinary(hash);
    return this.#looked.has(key) && this.#looked.get(key) === undefined;
  }

  /** What is wrong with it; undefined where nothing is, or nobody can say yet. */
  fault(header: Header, hash: Hash): string | undefined {
    const key = bytesToBinary(hash);
    if (this.#looked.has(key)) return this.#looked.get(key);
    const checked = this.#importer.checkSeal(header);
    // Its parent may come yet.
    if (checked === undefined) return undefined;
    const fault = checked.ok ? undefined : checked.error.code;
    this.#looked.set(key, fault);
    return fault;
  }
}
