import {err, ok, type Result} from "#base";
import {decodeTrusted} from "#codec";
import {type Hash, header} from "#primitives";
import {ChangedValues} from "../../access/changed-values.ts";
import {inSlices} from "../../access/in-slices.ts";
import {stateAt} from "../../access/state-access.ts";
import type {ChainBackend} from "../../backend/index.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {type RpcError, responseTooBig} from "../../json-rpc/rpc-error.ts";
import {toHex} from "../../shapes/hex.ts";
import {type StorageChangeSet, storageChangeSet} from "../../shapes/storage-change-set.ts";

const INVALID_BLOCK_RANGE = 4_001;

/** How keys changed along the blocks from `from` to `to`: all of them in the first set, then what changed. */
export const stateQueryStorage = method({
  name: "state_queryStorage",
  unsafe: true,
  params: [param("keys", listOf(storageKey)), param("from", hash), optional("to", hash)],
  result: "[StorageChangeSet], none for a block in which no key changed",
  async handle({chain, maxResponseBytes}, keys, from, to) {
    const blocks = await blockRange(chain, from, to ?? chain.best().hash);
    if (!blocks.ok) return blocks;
    const values = new ChangedValues(keys);
    const sets: StorageChangeSet[] = [];
    let size = 0;
    for await (const block of inSlices(blocks.value)) {
      const view = stateAt(chain, block);
      if (!view.ok) return view;
      const changes = values.next(view.value);
      if (changes.length === 0) continue;
      for (const [key, value] of changes) size += 2 * (key.length + (value?.length ?? 0));
      if (size > maxResponseBytes) return err(responseTooBig(maxResponseBytes));
      sets.push(storageChangeSet(block, changes));
    }
    return ok(sets);
  },
});

/** From `to` back through its ancestors until `from`, then turned round. */
async function blockRange(
  chain: ChainBackend,
  from: Hash,
  to: Hash,
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
  for await (const block of inSlices(ancestors(chain, to))) {
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

function numberOf(chain: ChainBackend, block: Hash): number | undefined {
  const encoded = chain.header(block);
  return encoded && decodeTrusted(header, encoded).number;
}

function* ancestors(chain: ChainBackend, block: Hash) {
  let hash = block;
  for (;;) {
    const encoded = chain.header(hash);
    if (encoded === undefined) return;
    const {number, parentHash} = decodeTrusted(header, encoded);
    yield {hash, number};
    hash = parentHash;
  }
}
