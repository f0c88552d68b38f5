import {err, type Result} from "#base";
import type {DialFailure, ListenFailure, StreamFailure, Transport} from "#network";

const NOT_STARTED = "not started";
const NO_STREAM: Result<never, StreamFailure> = err({code: "disconnected", message: NOT_STARTED});
const NO_DIAL: Result<never, DialFailure> = err({code: "stopped", message: NOT_STARTED});

/**
 * A transport that is made when it is first started, so that a node answers clients before it has read libp2p. Of
 * several lists of addresses it listens on the first that is free.
 */
export function lazyTransport(
  peerId: string,
  choices: readonly (readonly string[])[],
  create: (addresses: readonly string[]) => Promise<Transport>,
): Transport {
  let made: Transport | undefined;
  return {
    peerId,
    async start(handlers): Promise<Result<void, ListenFailure>> {
      let failure: Result<never, ListenFailure> | undefined;
      for (const addresses of choices) {
        const transport = await create(addresses);
        const started = await transport.start(handlers);
        if (started.ok) {
          made = transport;
          return started;
        }
        failure = started;
        if (started.error.code !== "address-in-use") return started;
      }
      return failure ?? err({code: "address-invalid", address: "", message: "no address"});
    },
    async stop() {
      await made?.stop();
    },
    addresses: () => made?.addresses() ?? [],
    get traffic() {
      return made?.traffic ?? {in: 0, out: 0};
    },
    connections: () => made?.connections() ?? [],
    disconnect: peer => made?.disconnect(peer),
    dial: async (address, signal) => made?.dial(address, signal) ?? NO_DIAL,
    openNotification: async (peer, opening, signal) =>
      made?.openNotification(peer, opening, signal) ?? NO_STREAM,
    request: async (peer, request, signal) => made?.request(peer, request, signal) ?? NO_STREAM,
  };
}
