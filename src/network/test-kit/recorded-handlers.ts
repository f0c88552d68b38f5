import type {PeerId} from "../transport/peer-id.ts";
import type {ConnectionInfo, TransportHandlers, Violation} from "../transport/transport.ts";

/** Handlers that serve nothing unless told, and write down what they hear. */
export interface RecordedHandlers extends TransportHandlers {
  readonly connections: ConnectionInfo[];
  readonly disconnections: PeerId[];
  readonly violations: {peer: PeerId; violation: Violation}[];
  readonly discoveries: {peer: PeerId; addresses: readonly string[]}[];
}

export function recordedHandlers(serve: Partial<TransportHandlers> = {}): RecordedHandlers {
  const connections: ConnectionInfo[] = [];
  const disconnections: PeerId[] = [];
  const violations: {peer: PeerId; violation: Violation}[] = [];
  const discoveries: {peer: PeerId; addresses: readonly string[]}[] = [];
  return {
    notifications: [],
    requests: [],
    connected: connection => connections.push(connection),
    disconnected: peer => disconnections.push(peer),
    admits: () => true,
    discovered: (peer, addresses) => discoveries.push({peer, addresses}),
    violated: (peer, violation) => violations.push({peer, violation}),
    ...serve,
    connections,
    disconnections,
    violations,
    discoveries,
  };
}
