import {binaryToBytes, ok} from "#base";
import type {TransactionPool} from "#pool";
import type {PoolQuestions} from "#rpc";

/** The pool as RPC clients see it. */
export function createPoolAnswers(pool: TransactionPool): PoolQuestions {
  return {
    async submit(extrinsic) {
      const taken = await pool.submit("External", extrinsic);
      return taken.ok ? ok(taken.value.hash) : taken;
    },
    async watch(extrinsic, onStatus) {
      const taken = await pool.submit("External", extrinsic, onStatus);
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
