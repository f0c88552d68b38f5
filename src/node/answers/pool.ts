import {binaryToBytes, ok, type Result} from "#base";
import type {NodeCore} from "#core";
import type {SubmitFailure, TransactionPool, TransactionStatus} from "#pool";
import type {PoolQuestions} from "#rpc";

/** Who makes a block as soon as something waits, and when it has done so. */
type Sealing = Pick<NonNullable<NodeCore["demand"]>, "isTryingAll" | "onTried">;

/**
 * Submissions answered with their block, at once. Whoever sends one after the other is one of these; a stream of more is not
 * made to stop at each block. One of large ones is, since a connection is not read on while much that came by it is not answered.
 */
const MOST_AWAITED = 16;

/**
 * Blocks that are there, open to transactions, until one was tried in vain: the first may have been under way when it became ready, the
 * second may be that of a new session, which takes none of them, and of the third others kept it out. A stream of theirs is nothing to wait
 * for the end of.
 */
const BLOCKS_TO_TRY = 3;

/**
 * The pool as RPC clients see it. On instant seal a submission is answered once its block is there, or it was tried in vain: clients
 * read the best block's state right after, for the next nonce, say, as polkadot.js does, and would find it as it was before.
 */
export function createPoolAnswers(pool: TransactionPool, sealing?: Sealing): PoolQuestions {
  let awaited = 0;
  const submit = async (
    extrinsic: Uint8Array,
    onStatus?: (status: TransactionStatus) => void,
    isAtOnce = false,
  ): Promise<Result<{hash: Uint8Array; unwatch: () => void}, SubmitFailure>> => {
    if (sealing === undefined || isAtOnce || awaited >= MOST_AWAITED) {
      return pool.submit("External", extrinsic, onStatus);
    }
    awaited++;
    try {
      const fate = new Fate(onStatus);
      const taken = await pool.submit("External", extrinsic, fate.heard);
      if (!taken.ok) return taken;
      await fate.whenTried(sealing);
      if (onStatus === undefined) taken.value.unwatch();
      return taken;
    } finally {
      awaited--;
    }
  };
  return {
    async submit(extrinsic) {
      const taken = await submit(extrinsic);
      return taken.ok ? ok(taken.value.hash) : taken;
    },
    async watch(extrinsic, onStatus, {isAtOnce} = {}) {
      const taken = await submit(extrinsic, onStatus, isAtOnce);
      return taken.ok ? ok(taken.value.unwatch) : taken;
    },
    *ready() {
      for (const {hash, bytes, provides} of pool.best()) {
        yield {hash, bytes, provides: provides.map(binaryToBytes)};
      }
    },
    whenAllBack: read => pool.whenAllBack(read),
    remove: hashes => pool.remove(hashes),
  };
}

/** What becomes of one transaction, as far as its being ready. */
class Fate {
  readonly #onStatus: ((status: TransactionStatus) => void) | undefined;
  #isReady = false;
  #onOver = () => {};

  constructor(onStatus: ((status: TransactionStatus) => void) | undefined) {
    this.#onStatus = onStatus;
  }

  readonly heard = (status: TransactionStatus): void => {
    if (status.kind !== "broadcast") {
      this.#isReady = status.kind === "ready";
      if (!this.#isReady) this.#onOver();
    }
    this.#onStatus?.(status);
  };

  /** Resolves when it is in a block, or out of the pool, or waits still after blocks that it might have been in. */
  async whenTried(sealing: Sealing): Promise<void> {
    if (!this.#isReady || !sealing.isTryingAll) return;
    let left = BLOCKS_TO_TRY;
    await new Promise<void>(resolve => {
      const stop = sealing.onTried(what => {
        left--;
        if (what === "all" || left === 0) over();
      });
      this.#onOver = over;
      function over() {
        stop();
        resolve();
      }
    });
  }
}
