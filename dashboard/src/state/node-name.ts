import {computed} from "@preact/signals";
import type {NetNode} from "../contract/node-answers.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {chain} from "./chain.ts";

/** Whether a node of a network on one machine is the one that served this page: a tunnel may have it at another name. */
export const isHere = (url: string): boolean => new URL(url).port === location.port;

/** By whoever started it with others; null where it stands alone. */
const ownName = asked<string | null>(
  async () => {
    const {methods} = await node.call<{methods: readonly string[]}>("rpc_methods");
    if (!methods.includes("khala_netNodes")) return null;
    const nodes = await node.call<readonly NetNode[] | null>("khala_netNodes");
    return nodes?.find(({url}) => isHere(url))?.name ?? null;
  },
  whenChanges(chain, 1_000),
);

/** What tells this node from others, of whose chain there may be several tabs: its name in its network, or where it is. */
export const nodeName = computed<string>(() => ownName.value.value ?? location.host);
