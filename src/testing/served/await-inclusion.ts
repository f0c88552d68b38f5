import {equalBytes} from "#base";
import type {Blockchain} from "#core";
import type {StatusListener, TransactionStatus} from "#pool";

interface Wait<T> {
  readonly chain: Blockchain;
  /** Milliseconds. */
  readonly limit: number;
  readonly what: string;
  readonly found: (block: number, index: number) => T;
  /** What there is to say of one that no block takes. */
  readonly lost: () => string;
}

/** Somebody who waits. */
export interface Waiting<T> {
  readonly inclusion: Promise<T>;
  readonly heard: StatusListener;
  /** That it need not be waited for. */
  stop(): void;
  /** That it cannot be waited for any more. */
  end(why: string): void;
}

/** What becomes of transactions that no block takes any more. */
const LOST: readonly TransactionStatus["kind"][] = ["invalid", "dropped", "usurped"];

/**
 * Waits for the block with a transaction; listens from before that is handed in, since its block may be made at once. `heard` is to be
 * told what the pool says of it.
 */
export function awaitInclusion<T>(
  bytes: Uint8Array,
  {chain, limit, what, found, lost}: Wait<T>,
): Waiting<T> {
  let next = chain.best().number + 1;
  let stop = () => {};
  let heard: StatusListener = () => {};
  let end = (_: string) => {};
  const inclusion = new Promise<T>((resolve, reject) => {
    const giveUp = (why: string) => {
      stop();
      const told = lost();
      reject(new Error(told === "" ? `${what} ${why}` : `${what} ${why}\n\n${told}\n`));
    };
    const late = setTimeout(() => giveUp(`is in no block after ${limit} ms`), limit);
    const off = chain.on("best", ({number}) => {
      // Another branch may have taken over.
      for (next = Math.min(next, number); next <= number; next++) {
        const hash = chain.hashOf(next);
        const index = hash && (chain.body(hash) ?? []).findIndex(one => equalBytes(one, bytes));
        if (index === undefined || index < 0) continue;
        stop();
        try {
          resolve(found(next, index));
        } catch (error) {
          reject(error);
        }
        return;
      }
    });
    heard = ({kind}) => {
      if (LOST.includes(kind)) giveUp(`is in no block, and will be in none: it is ${kind}`);
    };
    end = why => {
      stop();
      reject(new Error(`${what} is in no block: ${why}`));
    };
    stop = () => {
      clearTimeout(late);
      off();
      heard = () => {};
    };
  });
  // Who stops waiting has another failure to tell of.
  inclusion.catch(() => {});
  return {inclusion, heard: status => heard(status), stop: () => stop(), end: why => end(why)};
}
