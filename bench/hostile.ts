/**
 * A stranger attacks a running node (the built program, preset dev, over TCP) in one way after the other, each for
 * some seconds and under a new name whenever it is thrown out. Measured from outside: how long the node takes to answer
 * a small RPC call meanwhile (its event loop), its resident memory, and whether it made the block of every slot.
 */
import "../src/polyfills.ts";
import {randomBytes} from "node:crypto";
import {connect, type Socket} from "node:net";
import {type Hex, hex} from "#base";
import {encodeAnnounce} from "../src/network/protocols/block-announces.ts";
import {encodeBlockRequest} from "../src/network/protocols/block-request.ts";
import {type ChainNames, protocolNames} from "../src/network/protocols/protocol-table.ts";
import {type RawPeer, rawPeer} from "../src/network/test-kit/raw-peer.ts";
import {startKhala} from "../tests/support/khala-process.ts";
import {rpc} from "../tests/support/rpc.ts";
import type {Figure} from "./figure.ts";
import {residentMegabytes} from "./node-process.ts";
import {underAttack} from "./under-attack.ts";

const SLOT = 500;
/** Milliseconds of each attack. */
const SPAN = 4_000;

type Attack = (
  peer: RawPeer,
  isOver: () => boolean,
  victim: {readonly address: string; readonly chain: ChainNames},
) => Promise<void>;

const pause = (ms = 0) => new Promise(resolve => setTimeout(resolve, ms));

/** Sends as fast as the stream takes it, with a breath now and then. */
async function flood(send: (i: number) => void, isOver: () => boolean): Promise<void> {
  for (let i = 0; !isOver(); i++) {
    send(i);
    if (i % 64 === 63) await pause();
  }
}

function someHeader(number: number) {
  const random = () => new Uint8Array(randomBytes(32));
  return {parentHash: random(), number, stateRoot: random(), extrinsicsRoot: random(), digest: []};
}

const ATTACKS: Readonly<Record<string, Attack>> = {
  async "oversize lengths"(peer) {
    const stream = await peer.open("blockAnnounces");
    stream.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x07));
    await stream.readFrame();
  },
  async "half-open streams"(peer, isOver) {
    while (!isOver()) await peer.open("grandpa");
  },
  async "garbage messages"(peer, isOver) {
    await peer.greet();
    const stream = await peer.open("grandpa");
    stream.writeFrame(Uint8Array.of(1));
    await flood(
      () => stream.writeFrame(new Uint8Array(randomBytes(500))),
      () => isOver() || !peer.isConnected(),
    );
  },
  async "announce flood"(peer, isOver) {
    const stream = await peer.greet();
    const send = (i: number) =>
      stream.writeFrame(
        encodeAnnounce({header: someHeader(i + 1), isBest: true, data: new Uint8Array(0)}),
      );
    await flood(send, () => isOver() || !peer.isConnected());
  },
  async "endless small requests"(peer, isOver) {
    await peer.greet();
    const request = encodeBlockRequest({
      attributes: {header: true},
      from: {number: 1},
      direction: "ascending",
      maxBlocks: 1,
    });
    while (!isOver() && peer.isConnected()) {
      const stream = await peer.open("blocks");
      stream.writeFrame(request);
      await stream.stream.close();
      await stream.readFrame();
    }
  },
  async "far claims"(peer, isOver, {chain}) {
    for (const name of protocolNames(chain, "blocks")) await peer.swallow(name);
    await peer.greet(undefined, 1_000_000);
    while (!isOver() && peer.isConnected()) await pause(50);
  },
  async "half-handshakes"(_, isOver, {address}) {
    const port = Number(/tcp\/(\d+)/.exec(address)![1]);
    const sockets = new Set<Socket>();
    for (let i = 0; !isOver(); i++) {
      const localAddress = `127.1.${1 + (Math.floor(i / 200) % 200)}.${1 + (i % 200)}`;
      const socket = connect({host: "127.0.0.1", port, localAddress});
      sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
      await pause(10);
    }
    for (const socket of sockets) socket.destroy();
  },
  async "wrong genesis"(peer) {
    await peer.greet(new Uint8Array(randomBytes(32)));
  },
  async "slow reader"(peer, isOver) {
    await peer.greet();
    const request = encodeBlockRequest({
      attributes: {header: true, body: true},
      from: {number: 1},
      direction: "ascending",
    });
    while (!isOver() && peer.isConnected()) {
      const stream = await peer.open("blocks");
      stream.stream.pause();
      stream.writeFrame(request);
      await pause(5);
    }
  },
};

async function attackFor(address: string, chain: ChainNames, attack: Attack): Promise<number> {
  const end = Date.now() + SPAN;
  let names = 0;
  while (Date.now() < end) {
    names++;
    // Being refused, reset or cut off is what an attacker has to expect.
    const peer = await rawPeer(address, chain).catch(() => undefined);
    if (peer === undefined) {
      await pause(50);
      continue;
    }
    await attack(peer, () => Date.now() >= end, {address, chain}).catch(() => undefined);
    await peer.stop();
  }
  return names;
}

export async function benchHostile(): Promise<Figure[]> {
  const node = await startKhala(["dev", "--rpc-port=0", "--port=0", `--param=slot=${SLOT}ms`]);
  const [address] = await rpc<string[]>(node.url, "system_localListenAddresses", []);
  const genesisHash = hex(await rpc<Hex>(node.url, "chain_getBlockHash", [0]));
  const chain = {genesisHash, protocolId: "khala-ts"};
  await pause(2_000);
  const idle = residentMegabytes(node.child.pid!);
  const figures: Figure[] = [{name: "(m) memory before the attacks", value: idle, unit: "MB"}];
  for (const [name, attack] of Object.entries(ATTACKS)) {
    let names = 0;
    const attacked = attackFor(address!, chain, attack).then(needed => {
      names = needed;
    });
    figures.push(...(await underAttack(node, {name: `(m) ${name}`, slot: SLOT}, attacked)), {
      name: `(m) ${name}: names it needed`,
      value: names,
      unit: "",
    });
  }
  await node.stop();
  return figures;
}
