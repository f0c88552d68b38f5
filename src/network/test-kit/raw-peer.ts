import {noise} from "@chainsafe/libp2p-noise";
import {yamux} from "@chainsafe/libp2p-yamux";
import type {Connection, Stream} from "@libp2p/interface";
import {tcp} from "@libp2p/tcp";
import {multiaddr} from "@multiformats/multiaddr";
import {createLibp2p} from "libp2p";
import {type FrameRead, FrameReader} from "../libp2p/frame-reader.ts";
import {withLength} from "../libp2p/frame-writer.ts";
import {encodeHandshake} from "../protocols/block-announces.ts";
import {
  type ChainNames,
  type NotificationName,
  protocolNames,
  type RequestName,
} from "../protocols/protocol-table.ts";
import {GENESIS} from "./virtual-network.ts";

const TEST_CHAIN: ChainNames = {genesisHash: GENESIS, protocolId: "test"};

/** A peer with no manners of its own: it writes to a stream whatever bytes a test wants. */
export interface RawPeer {
  readonly id: string;
  readonly connection: Connection;
  readonly isConnected: () => boolean;
  open(name: NotificationName | RequestName): Promise<RawStream>;
  /** A block-announces substream on which both said hello; and it takes whatever substreams we are offered. */
  greet(genesisHash?: Uint8Array, bestNumber?: number): Promise<RawStream>;
  /** Takes streams of this name and says nothing on them; counts them. */
  swallow(name: string): Promise<{count: number}>;
  /** Answers streams of this name as a test likes. */
  handle(name: string, answer: (stream: Stream) => Promise<void>): Promise<void>;
  redial(): Promise<unknown>;
  stop(): Promise<void>;
}

export interface RawStream {
  readonly stream: Stream;
  /** Bytes as they are. */
  write(bytes: Uint8Array): void;
  writeFrame(bytes: Uint8Array): void;
  readFrame(): Promise<FrameRead>;
}

/** Dials a node of a chain, by default that of the tests here. */
export async function rawPeer(address: string, chain: ChainNames = TEST_CHAIN): Promise<RawPeer> {
  const {genesisHash: ours} = chain;
  const node = await createLibp2p({
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionMonitor: {enabled: false},
  });
  const hello = encodeHandshake({
    roles: "full",
    bestNumber: 0,
    bestHash: ours,
    genesisHash: ours,
  });
  for (const name of ["blockAnnounces", "transactions", "grandpa"] as const) {
    await node.handle([...protocolNames(chain, name)], async stream => {
      const reader = new FrameReader(stream);
      await reader.frame(1_024);
      if (stream.writeStatus === "writable") {
        stream.send(withLength(name === "blockAnnounces" ? hello : Uint8Array.of(1)));
      }
    });
  }
  const connection = await node.dial(multiaddr(address));

  const open = async (name: NotificationName | RequestName): Promise<RawStream> => {
    const stream = await connection.newStream([...protocolNames(chain, name)]);
    const reader = new FrameReader(stream);
    const write = (bytes: Uint8Array) => {
      if (stream.writeStatus === "writable") stream.send(bytes);
    };
    return {
      stream,
      write,
      writeFrame: bytes => write(withLength(bytes)),
      readFrame: () => reader.frame(1_048_576),
    };
  };

  return {
    id: node.peerId.toString(),
    connection,
    isConnected: () => connection.status === "open",
    open,
    async greet(genesisHash = ours, bestNumber = 0) {
      const raw = await open("blockAnnounces");
      raw.writeFrame(encodeHandshake({roles: "full", bestNumber, bestHash: ours, genesisHash}));
      await raw.readFrame();
      return raw;
    },
    async swallow(name) {
      const swallowed = {count: 0};
      await node.handle(name, () => void swallowed.count++);
      return swallowed;
    },
    handle: (name, answer) => node.handle(name, answer),
    redial: () => node.dial(multiaddr(address)),
    stop: async () => void (await node.stop()),
  };
}
