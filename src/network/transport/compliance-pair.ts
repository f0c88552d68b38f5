import {unwrap} from "#base";
import {eventually} from "../test-kit/eventually.ts";
import {type RecordedHandlers, recordedHandlers} from "../test-kit/recorded-handlers.ts";
import type {Transport, TransportHandlers} from "./transport.ts";

/** A maker of transports that can reach each other. */
export interface Network {
  transport(): Promise<Transport>;
  /** Where nobody listens: an address with a peer id. */
  readonly nowhere: string;
}

export interface Node {
  readonly transport: Transport;
  readonly heard: RecordedHandlers;
}

/** Two started transports, stopped at the end. */
export async function withPair(
  network: Network,
  serveA: Partial<TransportHandlers>,
  serveB: Partial<TransportHandlers>,
  run: (a: Node, b: Node) => Promise<void>,
): Promise<void> {
  const nodes: Node[] = [];
  try {
    for (const serve of [serveA, serveB]) {
      const transport = await network.transport();
      const heard = recordedHandlers(serve);
      unwrap(await transport.start(heard));
      nodes.push({transport, heard});
    }
    await run(nodes[0]!, nodes[1]!);
  } finally {
    await Promise.all(nodes.map(({transport}) => transport.stop()));
  }
}

export async function dial(a: Node, b: Node): Promise<void> {
  unwrap(await a.transport.dial(b.transport.addresses()[0]!));
  await eventually("b sees a", () => b.heard.connections.length > 0);
}

export const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
