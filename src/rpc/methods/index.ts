import type {RpcBackend} from "../backend/index.ts";
import type {Declaration} from "../dispatch/method-table.ts";
import {authorKeyMethods, authorMethods} from "./author/index.ts";
import {chainMethods} from "./chain/index.ts";
import {devNewBlock} from "./dev/new-block.ts";
import {engineCreateBlock} from "./engine/create-block.ts";
import {khalaSessionInfo} from "./khala/session-info.ts";
import {paymentMethods} from "./payment/index.ts";
import {stateMethods} from "./state/index.ts";
import {systemDryRun} from "./system/dry-run.ts";
import {systemMethods} from "./system/index.ts";

/** All that this node can answer. A group is listed only where all of it works: clients choose by the list. */
export function methodsFor({dryRun, keys, producer, session}: RpcBackend): readonly Declaration[] {
  return [
    ...systemMethods,
    ...(dryRun ? [systemDryRun(dryRun)] : []),
    ...chainMethods,
    ...stateMethods,
    ...authorMethods,
    ...(keys ? authorKeyMethods(keys) : []),
    ...paymentMethods,
    ...(producer ? [engineCreateBlock(producer), devNewBlock(producer)] : []),
    ...(session ? [khalaSessionInfo(session)] : []),
  ];
}
