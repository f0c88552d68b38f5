import {err, ok, type Result} from "#base";
import {decode, encode, fixedBytes, str, struct, u32, vec} from "#codec";
import type {Blockchain} from "#core";
import type {NamedSnapshot, TimeToolFailure} from "#rpc";
import type {ChainStore} from "#store";

/** Name under which they are kept beside the chain. */
const KEPT_AS = "dev-snapshots";
/** Each keeps a state: a slip in a loop would keep all. */
const MOST = 1_000;
/** Characters. */
const LONGEST_NAME = 100;
/** Half of a pair of surrogates is another name once it is written; what a terminal obeys, or nobody sees, is no name. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

const snapshots = vec(struct({name: str, number: u32, hash: fixedBytes(32)}));

/**
 * Blocks of a dev chain by names, to go back to: a state is a root, so that one more is kept costs what it differs by. What is
 * named stays, whatever is pruned, also when the node is started again.
 */
export class NamedSnapshots {
  readonly #store: Pick<ChainStore, "value" | "setValue">;
  readonly #chain: Pick<Blockchain, "pin">;
  readonly #named = new Map<string, NamedSnapshot>();
  readonly #pins = new Map<string, () => void>();

  constructor(store: Pick<ChainStore, "value" | "setValue">, chain: Pick<Blockchain, "pin">) {
    this.#store = store;
    this.#chain = chain;
    const kept = decode(snapshots, store.value(KEPT_AS) ?? Uint8Array.of(0));
    for (const one of kept.ok ? kept.value : []) this.#set(one);
  }

  /** In the order of their making. */
  get all(): readonly NamedSnapshot[] {
    return [...this.#named.values()];
  }

  /** Names a block; a name that is taken goes over to it. */
  take(snapshot: NamedSnapshot): Result<NamedSnapshot, TimeToolFailure> {
    const {name} = snapshot;
    if (name.length === 0 || name.length > LONGEST_NAME || UNWRITABLE.test(name)) {
      const expected = `a name of 1 to ${LONGEST_NAME} characters, none of them a control character or half of a pair`;
      return err({code: "misfit", at: "name", expected});
    }
    if (!this.#named.has(name) && this.#named.size >= MOST) {
      return err({code: "too-many-snapshots", most: MOST});
    }
    this.#forget(name);
    this.#set(snapshot);
    this.#keep();
    return ok(snapshot);
  }

  find(name: string): Result<NamedSnapshot, TimeToolFailure> {
    const found = this.#named.get(name);
    if (found !== undefined) return ok(found);
    return err({code: "snapshot-unknown", name, known: [...this.#named.keys()]});
  }

  drop(name: string): Result<void, TimeToolFailure> {
    const found = this.find(name);
    if (!found.ok) return found;
    this.#forget(name);
    this.#keep();
    return ok();
  }

  #set(snapshot: NamedSnapshot): void {
    this.#named.set(snapshot.name, snapshot);
    this.#pins.set(snapshot.name, this.#chain.pin(snapshot.hash));
  }

  #forget(name: string): void {
    this.#pins.get(name)?.();
    this.#pins.delete(name);
    this.#named.delete(name);
  }

  #keep(): void {
    const kept = this.all.map(({name, number, hash}) => ({name, number, hash}));
    this.#store.setValue(KEPT_AS, kept.length === 0 ? undefined : encode(snapshots, kept));
  }
}
