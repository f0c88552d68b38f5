import type {ComponentType} from "preact";
import {useEffect, useState} from "preact/hooks";
import {methods} from "../state/chain.ts";

/** Where the nodes of a network on this machine stand; a node of none has no such thing, and its page does not fetch it. */
export function NetPlace() {
  const isOfNet = methods.value.value?.includes("khala_netNodes") === true;
  const [Loaded, setLoaded] = useState<{panel: ComponentType}>();
  useEffect(() => {
    if (!isOfNet) return;
    let isWanted = true;
    // One that does not load is not missed: everything else is there.
    import("./net-panel.tsx").then(
      ({NetPanel}) => isWanted && setLoaded({panel: NetPanel}),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [isOfNet]);
  return isOfNet && Loaded !== undefined ? <Loaded.panel /> : null;
}
