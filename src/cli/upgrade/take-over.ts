import {err, ok, type Report, type Result} from "#base";
import {blockProof, type Head, pastBlock} from "#core";
import {describeAt, type RunningNode, readerAt, versionOf} from "#node";
import {changedItems, readBlockWeight, unreadableItems} from "#upgrade";
import {row} from "../table.ts";
import {shareOf} from "./upgrade-lines.ts";

/** Items that are named; of more, how many. */
const NAMED = 8;

/** Puts other code under a running dev chain, state kept, makes the block in which it migrates, and tells of it in five lines. */
export async function takeOver(
  node: RunningNode,
  code: Uint8Array,
): Promise<Result<readonly string[], Report>> {
  const {timeTools: tools, chain, crypto} = node;
  if (tools === undefined) return refuse("this chain is no dev chain");
  const from = versionOf(node);
  const before = describeAt(node, chain.head);
  if (!before.ok) return before;
  const goesOnFrom = chain.head;
  const set = await tools.setCode(code);
  if (!set.ok) return refuse(reasonOf(set.error));
  const stateBefore = chain.head.state;
  const ordinary = usualChanges(node, chain.head);
  const began = performance.now();
  const made = await tools.makeBlock([]);
  if (!made.ok) {
    const what = `its first block cannot be made: ${reasonOf(made.error)}`;
    const back = await tools.setHead(goesOnFrom.hash);
    return back.ok
      ? refuse(what, `went back to block ${goesOnFrom.number}, which has the runtime before`)
      : refuse(
          what,
          `left the new code in the state: there is no way back (${reasonOf(back.error)})`,
          "start the chain anew",
        );
  }
  const took = Math.round(performance.now() - began);
  const head = chain.at(made.value.hash)!;
  const after = describeAt(node, head);
  if (!after.ok) return after;
  const descriptions = {before: before.value, after: after.value};
  const changed = changedItems(
    {before: stateBefore, after: head.state},
    descriptions,
    crypto.hashing,
  )
    .map(({item}) => item)
    .filter(item => !ordinary.has(item));
  const unreadable = unreadableItems(
    head.state,
    {now: after.value, before: before.value},
    crypto.hashing,
  ).map(({item, count, reason}) => `${item} ${count} (${reason ?? "no such item any more"})`);
  const reader = readerAt(node, head, after.value);
  const share = shareOf(readBlockWeight(reader));
  const past = pastBlock(chain, made.value.hash);
  const proof = past?.ok ? blockProof(past.value, node) : undefined;
  const facts = [
    `${took} ms`,
    ...(share === undefined ? [] : [`${share} of a block's weight`]),
    ...(proof?.ok ? [`proof ${proof.value.size.toLocaleString("en")} bytes`] : []),
  ];
  const isMigrating = reader.stored("MultiBlockMigrations.Cursor") !== undefined;
  return ok([
    `${from} → ${versionOf(node)}: taken over in block ${made.value.number}`,
    row("first block", facts.join(", ")),
    row("migrations", isMigrating ? "go on in the blocks that follow" : "over"),
    row("changed", listed(changed)),
    row("unreadable", listed(unreadable)),
  ]);
}

/** What any block changes, to be told from what migrations do: by the last block of the old runtime. */
function usualChanges(node: RunningNode, {header}: Head): ReadonlySet<string> {
  const {chain, crypto} = node;
  const parent = chain.at(header.parentHash);
  const grandparent = parent && chain.at(parent.header.parentHash);
  const description = parent && describeAt(node, parent);
  if (grandparent === undefined || parent === undefined || !description?.ok) return new Set();
  const descriptions = {before: description.value, after: description.value};
  const states = {before: grandparent.state, after: parent.state};
  return new Set(changedItems(states, descriptions, crypto.hashing).map(({item}) => item));
}

function listed(items: readonly string[]): string {
  if (items.length === 0) return "nothing";
  const more = items.length - NAMED;
  return items.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

const reasonOf = (failure: {readonly code: string; readonly reason?: string}) =>
  failure.reason ?? failure.code;

const refuse = (
  what: string,
  did = "kept the runtime",
  todo = "build another one; the chain goes on with what it has",
): Result<never, Report> => err({code: "code-not-taken-over", what, did, todo});
