import {ChainStore, type createMemoryChainStore} from "#store";
import type {Write} from "../../store/key-value-store.ts";
import {MemoryStore} from "../../store/memory-store.ts";

/** A disk that writes nothing while it is held. */
export class SlowDisk extends MemoryStore {
  #free = Promise.resolve();

  /** Returns how to let it go on. */
  hold(): () => void {
    let letGo!: () => void;
    this.#free = new Promise(resolve => {
      letGo = resolve;
    });
    return letGo;
  }

  override async write(batch: readonly Write[]): Promise<void> {
    await this.#free;
    return super.write(batch);
  }

  readonly chainStore: typeof createMemoryChainStore = async (genesis, hash, options) => {
    await ChainStore.begin(this, genesis, hash);
    return ChainStore.over(this, hash, options);
  };
}
