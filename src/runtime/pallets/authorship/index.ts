/**
 * Authorship: who made this block. Asked for the first time in a block it finds out from the digest and remembers
 * until the block's end; at the start of each block it tells whoever keeps count.
 *
 * Out of scope: what authoring earns (`collator-selection`).
 */
import {type AccountId, accountId, type DigestItem, ZERO_WEIGHT} from "#primitives";
import type {Externalities} from "#state";
import type {Pallet, PalletScope} from "../../frame/index.ts";

export interface AuthorshipConfig {
  readonly digest: (state: Externalities) => readonly DigestItem[];
  /** The account behind the digest, by the sets as they stood before this block. */
  readonly findAuthor: (
    state: Externalities,
    digest: readonly DigestItem[],
  ) => AccountId | undefined;
  readonly noteAuthor: (state: Externalities, author: AccountId) => void;
}

export type Authorship = ReturnType<typeof createAuthorship>;

export function createAuthorship(scope: PalletScope, config: AuthorshipConfig) {
  const storage = {
    author: scope.storage.value("Author", accountId, {docs: "Author of current block."}),
  };
  const author = (state: Externalities): AccountId | undefined => {
    const known = storage.author.get(state);
    if (known !== undefined) return known;
    const found = config.findAuthor(state, config.digest(state));
    if (found !== undefined) storage.author.set(state, found);
    return found;
  };
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "Who made this block.",
    crate: "pallet_authorship",
    storageVersion: 0,
    storage: scope.storage.entries,
    constants: [],
    hooks: {
      onInitialize(state) {
        const found = author(state);
        if (found !== undefined) config.noteAuthor(state, found);
        return ZERO_WEIGHT;
      },
      onFinalize: state => storage.author.remove(state),
    },
  };
  return {pallet, storage, author};
}
