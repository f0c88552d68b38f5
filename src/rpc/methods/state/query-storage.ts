import {type BinaryString, err, ok, type Result} from "#base";
import {decodeTrusted} from "#codec";
import {type Hash, header} from "#primitives";
import type {StateView} from "#state";
import {inSlices} from "../../access/in-slices.ts";
import {stateAt} from "../../access/state-access.ts";
import {valuesOf} from "../../access/values-of.ts";
import {walk} from "../../access/walk.ts";
import type {Turn} from "../../budgets/turn.ts";
import type {RpcContext} from "../../context/rpc-context.ts";
import {
  hash,
  listOf,
  method,
  type Outcome,
  optional,
  param,
  storageKey,
} from "../../declare/index.ts";
import {type RpcError, responseTooBig} from "../../json-rpc/rpc-error.ts";
import type {ChainQuestions} from "../../questions/chain.ts";
import {toHex} from "../../shapes/hex.ts";
import {
  type StorageChange,
  type StorageChangeSet,
  storageChangeSet,
} from "../../shapes/storage-change-set.ts";

const INVALID_BLOCK_RANGE = 4_001;

/** How keys changed along the blocks from `from` to `to`: all of them in the first set, then what changed. */
export const stateQueryStorage = method({
  name: "state_queryStorage",
  unsafe: true,
  params: [param("keys", listOf(storageKey)), param("from", hash), optional("to", hash)],
  result: "[StorageChangeSet], none for a block in which no key changed",
  handle: (context, keys, from, to) =>
    walk(
      context,
      turn => query(new Set(keys), from, to, context, turn),
      // And with it all above.
      context.chain.pin(from),
    ),
});

async function query(
  keys: ReadonlySet<BinaryString>,
  from: Hash,
  to: Hash | undefined,
  {chain, maxResponseBytes: limit}: RpcContext,
  turn: Turn,
): Promise<Outcome> {
  const blocks = await blockRange(chain, from, to ?? chain.best().hash, turn);
  if (!blocks.ok) return blocks;
  const sets: StorageChangeSet[] = [];
  let size = 0;
  let before: StateView | undefined;
  for (const block of blocks.value) {
    const view = stateAt(chain, block);
    if (!view.ok) return view;
    const changes =
      before === undefined
        ? await valuesOf(keys, view.value, {turn, limit})
        : await changesOf(keys, before, view.value, turn);
    before = view.value;
    for (const [key, value] of changes ?? []) size += 2 * (key.length + (value?.length ?? 0));
    if (changes === undefined || size > limit) return err(responseTooBig(limit));
    if (changes.length > 0) sets.push(storageChangeSet(block, changes));
  }
  return ok(sets);
}

/** Of what a block changed, the wanted keys: as quick as the changes are few, however many are wanted. */
async function changesOf(
  keys: ReadonlySet<BinaryString>,
  before: StateView,
  after: StateView,
  turn: Turn,
): Promise<StorageChange[]> {
  const changes: StorageChange[] = [];
  for await (const {key, after: value} of inSlices(after.differencesFrom(before), turn)) {
    if (keys.has(key)) changes.push([key, value]);
  }
  if (turn.isOver) await turn.next();
  return changes;
}

/** From `to` back through its ancestors until `from`, then turned round. */
async function blockRange(
  chain: ChainQuestions,
  from: Hash,
  to: Hash,
  turn: Turn,
): Promise<Result<Hash[], RpcError>> {
  const failure = (details: string) =>
    err({
      code: INVALID_BLOCK_RANGE,
      message: `Cannot resolve a block range ['${toHex(from)}' ... '${toHex(to)}]. ${details}`,
    });
  const first = numberOf(chain, from);
  if (first === undefined) return failure(`unknown block ${toHex(from)}`);
  const blocks: Hash[] = [];
  let last: Hash = to;
  for await (const block of inSlices(ancestors(chain, to), turn)) {
    if (block.number < first) break;
    blocks.push(block.hash);
    last = block.hash;
  }
  if (blocks.length === 0) {
    return failure(`${toHex(to)} is unknown or lies before ${toHex(from)}`);
  }
  if (toHex(last) !== toHex(from)) return failure("from is not an ancestor of to");
  return ok(blocks.reverse());
}

function numberOf(chain: ChainQuestions, block: Hash): number | undefined {
  const encoded = chain.header(block);
  return encoded && decodeTrusted(header, encoded).number;
}

function* ancestors(chain: ChainQuestions, block: Hash) {
  let hash = block;
  for (;;) {
    const encoded = chain.header(hash);
    if (encoded === undefined) return;
    const {number, parentHash} = decodeTrusted(header, encoded);
    yield {hash, number};
    hash = parentHash;
  }
}
