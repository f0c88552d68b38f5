import {effect} from "@preact/signals";
import {isVisible} from "./cadence.ts";
import {RpcSocket} from "./rpc-socket.ts";

/** A glance at another tab does not cost the connection. */
const GRACE = 15_000;

/** The node that served this page. */
export const node = new RpcSocket(
  `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`,
);

effect(() => {
  if (isVisible.value) {
    node.resume();
    return;
  }
  const leaving = setTimeout(() => node.pause(), GRACE);
  return () => clearTimeout(leaving);
});
