import {err, ok, type Report, type Result} from "#base";
import {decode} from "#codec";
import {GRANDPA_ENGINE, header as headerCodec} from "#primitives";
import type {SignedBlock} from "#snapshot";
import type {ChainStore} from "#store";

/** Heights of the best chain, both ends inclusive. */
export interface BlocksWanted {
  readonly from: number;
  /** The best block where nothing is said. */
  readonly to: number | undefined;
}

/** Gives blocks of the best chain one after the other; `begin` is told how many there will be. */
export function exportBlocks(
  store: ChainStore,
  {from, to = store.best.number}: BlocksWanted,
  begin: (count: number) => void,
  take: (block: SignedBlock) => void,
): Result<number, Report> {
  if (from > to || to > store.best.number) {
    return err({
      code: "block-unknown",
      what: `there are no blocks ${from} to ${to}`,
      facts: [["best", `block ${store.best.number}`]],
      did: "wrote nothing",
      todo: `name heights up to ${store.best.number}, which is the best block's, with --from and --to`,
    });
  }
  for (let number = from; number <= to; number++) {
    if (bodyAt(store, number) === undefined) return err(missing(store, number));
  }
  begin(to - from + 1);
  for (let number = from; number <= to; number++) take(blockAt(store, number));
  return ok(to - from + 1);
}

function bodyAt({blocks}: ChainStore, number: number): readonly Uint8Array[] | undefined {
  const hash = blocks.canonical(number);
  return hash === undefined ? undefined : blocks.body(hash);
}

function blockAt(store: ChainStore, number: number): SignedBlock {
  const {blocks} = store;
  const hash = blocks.canonical(number)!;
  const header = decode(headerCodec, blocks.knownRecord(hash).header);
  if (!header.ok) throw new Error(`the header of block ${number} does not decode`);
  const proof = blocks.justifications(hash);
  const justifications = proof === undefined ? undefined : [[GRANDPA_ENGINE, proof] as const];
  return {header: header.value, body: blocks.body(hash)!, justifications};
}

function missing(store: ChainStore, number: number): Report {
  const {bodies} = store.pruning.ranges();
  return {
    code: "body-discarded",
    what: `what is in block ${number} is not kept`,
    facts: [["kept", bodies.map(({from, to}) => `${from} to ${to}`).join(", ") || "none"]],
    did: "wrote nothing",
    todo: "name blocks that are kept with --from and --to, or ask a node that keeps all (--blocks-pruning archive)",
  };
}
