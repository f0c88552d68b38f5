import type {Duplex} from "node:stream";
import type {WebSocket} from "ws";
import {invariant} from "#base";

/**
 * Has what comes over the transport of a WebSocket go through `take` first; answers how to hand it on to the `ws`
 * package, which has one listener there. To be called before anything has come.
 */
export function interceptFrames(
  socket: WebSocket,
  transport: Duplex,
  take: (chunk: Buffer) => void,
): (bytes: Buffer) => void {
  const listeners = transport.listeners("data") as ((chunk: Buffer) => void)[];
  invariant(listeners.length === 1, "one listener reads a WebSocket's transport");
  const [read] = listeners;
  // Removing the last listener would stop the flow, which begins at the next tick.
  transport.on("data", take);
  transport.off("data", read!);
  // On closing, `ws` reads what a paused socket still holds, past us and so in the middle of frames.
  transport.prependListener("close", () => {
    while (transport.read() !== null);
  });
  return bytes => {
    if (socket.readyState !== socket.CLOSED) read!.call(transport, bytes);
  };
}
