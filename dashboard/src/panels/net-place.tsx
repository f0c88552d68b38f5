import type {ComponentType} from "preact";
import {useEffect, useState} from "preact/hooks";
import {node} from "../rpc/node.ts";
import {methods} from "../state/chain.ts";

/** Where the nodes of a network on this machine stand; a node of none has no such thing, and its page does not fetch it. */
export function NetPlace() {
  const isOfNet = methods.value.value?.includes("khala_netNodes") === true;
  const isOpen = node.connection.value === "open";
  const [Loaded, setLoaded] = useState<{panel: ComponentType}>();
  useEffect(() => {
    if (!isOfNet) return;
    let isWanted = true;
    // One that does not load is not missed until the next connection: everything else is there.
    import("./net-panel.tsx").then(
      ({NetPanel}) => isWanted && setLoaded({panel: NetPanel}),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [isOfNet, isOpen]);
  return isOfNet && Loaded !== undefined ? <Loaded.panel /> : null;
}
