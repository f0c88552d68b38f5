import {bytesToHex, err, ok, type Report, type Result} from "#base";
import {decode, encode, fixedBytes, struct, u64, unit, type ValueOf, variant, vec} from "#codec";
import type {ChainStore} from "#store";
import type {FinalityChoice} from "./finality-choice.ts";

/** Name under which it is kept beside the chain what makes its blocks final. */
const KEPT_AS = "finality-kind";

const keptKind = variant({
  Runtime: [0, unit],
  Committee: [1, vec(struct({id: fixedBytes(32), weight: u64}))],
  AtOnce: [2, unit],
});
type KeptKind = ValueOf<typeof keptKind>;

function kindOf(choice: FinalityChoice): KeptKind {
  if (choice.kind === "runtime") return {type: "Runtime"};
  if (choice.kind === "at-once") return {type: "AtOnce"};
  const voters = choice.voters.map(({id, weight}) => ({id, weight: BigInt(weight)}));
  return {type: "Committee", value: voters};
}

/**
 * What makes blocks final is part of what a chain is: proofs by one committee mean nothing to another, and nobody counted the
 * voters' changes while blocks were final at once. It is written when a database first has it, and compared from then on; a
 * database from before there was a choice goes by its runtime.
 */
export function checkKeptKind(
  store: Pick<ChainStore, "value" | "setValue" | "isAtStart">,
  choice: FinalityChoice,
): Result<void, Report> {
  const wanted = kindOf(choice);
  const bytes = store.value(KEPT_AS);
  const decoded = bytes === undefined ? undefined : decode(keptKind, bytes);
  if (decoded !== undefined && !decoded.ok) {
    return err({
      code: "database-corrupt",
      what: "what makes blocks of this chain final cannot be read from its database",
      did: "not started, changed nothing",
      todo: "restore the database from a copy, or purge-chain and sync again",
    });
  }
  const kept: KeptKind | undefined =
    decoded?.value ?? (store.isAtStart ? undefined : {type: "Runtime"});
  if (kept === undefined || isSame(kept, wanted)) {
    if (bytes === undefined) store.setValue(KEPT_AS, encode(keptKind, wanted));
    return ok();
  }
  return err({
    code: "finality-changed",
    what: "blocks of this chain were made final in another way when its database was begun",
    facts: [
      ["then", describeKind(kept)],
      ["now", describeKind(wanted)],
    ],
    did: "not started, changed nothing",
    todo: "start it as it was, or begin the chain anew (khala purge-chain)",
  });
}

/** What made blocks final when a database was begun, where it says so; otherwise its runtime does. */
export function keptChoice(store: Pick<ChainStore, "value">): FinalityChoice {
  const bytes = store.value(KEPT_AS);
  const decoded = bytes === undefined ? undefined : decode(keptKind, bytes);
  if (!decoded?.ok || decoded.value.type === "Runtime") return {kind: "runtime"};
  if (decoded.value.type === "AtOnce") return {kind: "at-once"};
  const voters = decoded.value.value.map(({id, weight}) => ({id, weight: Number(weight)}));
  return {kind: "committee", voters};
}

const isSame = (one: KeptKind, other: KeptKind): boolean =>
  bytesToHex(encode(keptKind, one)) === bytesToHex(encode(keptKind, other));

function describeKind(kind: KeptKind): string {
  switch (kind.type) {
    case "Runtime":
      return "by the voters that its runtime names";
    case "AtOnce":
      return "each block at once";
    case "Committee":
      return `by a committee: ${kind.value.map(({id, weight}) => `${bytesToHex(id)} ${weight}`).join(", ")}`;
  }
}
