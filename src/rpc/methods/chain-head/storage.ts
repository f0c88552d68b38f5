import {inSlices} from "../../access/in-slices.ts";
import type {Operation} from "../../chain-head/index.ts";
import type {RpcContext} from "../../context/rpc-context.ts";
import {hash, listOf, method, optional, param, storageKey, text} from "../../declare/index.ts";
import {
  NOTHING_FOUND,
  type StorageResult,
  storageItem,
  storageResults,
} from "../../storage-query/index.ts";
import {beginOperation} from "./operation-reply.ts";

/** Results in one event at most: a page as `state_getKeysPaged` has it. */
const RESULTS_PER_EVENT = 1_000;

/** Characters of hex after which an event is sent though it has fewer results. */
const EVENT_SIZE = 1_048_576;

export const chainHeadStorage = method({
  name: "chainHead_v1_storage",
  params: [
    param("followSubscription", text),
    param("hash", hash),
    param("items", listOf(storageItem)),
    optional("childTrie", storageKey),
  ],
  result: "{result: started, operationId, discardedItems} | {result: limitReached}",
  handle(context, follow, block, items, childTrie) {
    return beginOperation(context, {
      follow,
      hash: block,
      wanted: Math.max(1, items.length),
      reply: ({granted}) => ({discardedItems: Math.max(0, items.length - granted)}),
      run(operation) {
        const {id: operationId, granted, finish} = operation;
        const view = context.chain.state(block);
        if (view === undefined) {
          finish({event: "operationInaccessible", operationId});
          return;
        }
        const asked = items.slice(0, granted);
        const results = storageResults(view, childTrie, asked, context.hashing);
        answer(operation, results, context).catch(error => {
          context.onBug(error);
          finish({event: "operationInaccessible", operationId});
        });
      },
    });
  },
});

async function answer(
  operation: Operation,
  results: ReturnType<typeof storageResults>,
  {turn}: Pick<RpcContext, "turn">,
): Promise<void> {
  const {id: operationId} = operation;
  let page: StorageResult[] = [];
  let size = 0;
  const flush = () => {
    if (page.length === 0) return;
    operation.send({event: "operationStorageItems", operationId, items: page});
    page = [];
    size = 0;
  };
  for await (const result of inSlices(results, turn())) {
    if (operation.isStopped) return;
    if (result === NOTHING_FOUND) continue;
    page.push(result);
    size += sizeOf(result);
    if (page.length < RESULTS_PER_EVENT && size < EVENT_SIZE) continue;
    flush();
    await operation.room();
  }
  flush();
  operation.finish({event: "operationStorageDone", operationId});
}

const sizeOf = (result: StorageResult): number =>
  result.key.length + ("value" in result ? result.value.length : 64);
