import {bytesToHex, type Clock, err, millis, OneAtATime, ok, type Result} from "#base";
import type {BlockRef, DemandAuthor, Head, NodeCore} from "#core";
import type {Hash} from "#primitives";
import type {BlockProducer, ProduceFailure} from "#rpc";
import {produceFailure} from "./produce-failure.ts";

/** Milliseconds for which the end of an answer waits on the votes of others. */
const FINALITY_WAIT = 30_000;

/**
 * Blocks on demand, for `engine_createBlock` and `engine_finalizeBlock`: on any block above what is final, final when the
 * answer comes or held until somebody asks for it. One at a time, since each moves what this node votes for.
 */
export function createProducerAnswers(
  author: DemandAuthor,
  {chain, finality}: Pick<NodeCore, "chain" | "finality">,
  clock: Clock,
): BlockProducer {
  const queue = new OneAtATime();

  /** A block to build on; the true reason where it is none. */
  const parentOf = (hash: Hash): Result<Head, ProduceFailure> => {
    const refuse = (reason: string) => err({code: "authoring-failed", reason} as const);
    const header = chain.header(hash);
    if (header === undefined) return err({code: "parent-unknown", parent: hash});
    const {number} = header;
    const final = chain.lastFinalized;
    const name = `block ${number} ${bytesToHex(hash)}`;
    if (number < final.number)
      return refuse(`${name} is below what is final, block ${final.number}`);
    if (!chain.isDescendant({hash, number}, final)) {
      return refuse(`${name} is on a fork that final block ${final.number} has passed by`);
    }
    const parent = chain.at(hash);
    return parent === undefined ? refuse(`the state after ${name} is not kept`) : ok(parent);
  };

  /** Waits until the block is final. */
  const becomesFinal = async (block: BlockRef): Promise<Result<void, ProduceFailure>> => {
    if (!chain.isDescendant(chain.head, block)) {
      const {number} = chain.lastFinalized;
      const reason =
        block.number <= number
          ? `another block of its height is final, as is all up to ${number}`
          : `block ${block.number} is not on the best chain: build on it until it is`;
      return err({code: "not-finalized", block: block.hash, reason});
    }
    // What is final already moves nothing.
    if (block.number <= chain.lastFinalized.number) return ok();
    const isHead = chain.head.number === block.number;
    finality.holdAt(isHead ? undefined : block.number);
    const over = new AbortController();
    const final = new Promise<boolean>(resolve => {
      const look = () => {
        if (chain.finalized().number >= block.number) resolve(true);
      };
      const stop = chain.on("finalized", look);
      over.signal.addEventListener("abort", stop);
      look();
    });
    const late = clock.until(millis(clock.now() + FINALITY_WAIT), over.signal).then(
      () => false,
      () => true,
    );
    const isFinal = await Promise.race([final, late]);
    over.abort(new Error("answered"));
    if (isFinal) return ok();
    return err({code: "not-finalized", block: block.hash, reason: finality.waiting()});
  };

  return {
    createBlock: ({createEmpty, parent: hash, finalize}) =>
      queue.run(async () => {
        const parent = hash === undefined ? ok(chain.head as Head) : parentOf(hash);
        if (!parent.ok) return parent;
        const before = finality.heldAt;
        // Before anybody votes for it.
        if (!finalize)
          finality.holdAt(Math.min(before ?? parent.value.number, parent.value.number));
        const made = await author.createBlock({
          createEmpty,
          ...(hash === undefined ? {} : {parent: parent.value}),
        });
        if (!made.ok) {
          finality.holdAt(before);
          return err(produceFailure(made.error));
        }
        const block = {hash: made.value.hash, number: made.value.number};
        const isBest = chain.isDescendant(chain.head, block);
        const final = finalize ? await becomesFinal(block) : ok();
        return final.ok ? ok({...block, isBest}) : final;
      }),
    finalizeBlock: hash =>
      queue.run(async () => {
        const header = chain.header(hash);
        if (header === undefined) return err({code: "parent-unknown", parent: hash});
        return becomesFinal({hash, number: header.number});
      }),
  };
}
