import type {Transport} from "../transport/transport.ts";
import type {Libp2pTransportOptions} from "./options.ts";

/**
 * The transport of real networks: TCP and WebSocket, Noise, Yamux. Loads libp2p's some hundred modules only now, so
 * that a node without peers starts without them.
 */
export async function createLibp2pTransport(options: Libp2pTransportOptions): Promise<Transport> {
  const [{Libp2pTransport}, {generateKeyPairFromSeed}] = await Promise.all([
    import("./libp2p-transport.ts"),
    import("@libp2p/crypto/keys"),
  ]);
  return new Libp2pTransport(await generateKeyPairFromSeed("Ed25519", options.nodeKey), options);
}
