/**
 * A stranger attacks a running node (the built program, preset dev, over TCP) in one way after the other, each for
 * some seconds and under a new name whenever it is thrown out. Measured from outside: how long the node takes to answer
 * a small RPC call meanwhile (its event loop), its resident memory, and whether it made the block of every slot.
 */
import "../src/polyfills.ts";
import {randomBytes} from "node:crypto";
import {readFileSync} from "node:fs";
import {type Hex, hex} from "#base";
import {encodeAnnounce} from "../src/network/protocols/block-announces.ts";
import {encodeBlockRequest} from "../src/network/protocols/block-request.ts";
import type {ChainNames} from "../src/network/protocols/protocol-table.ts";
import {type RawPeer, rawPeer} from "../src/network/test-kit/raw-peer.ts";
import {type KhalaProcess, startKhala} from "../tests/support/khala-process.ts";
import {rpc} from "../tests/support/rpc.ts";
import {type Figure, median} from "./figure.ts";

const SLOT = 500;
/** Milliseconds of each attack. */
const SPAN = 4_000;

type Attack = (peer: RawPeer, isOver: () => boolean) => Promise<void>;

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

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

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
    await attack(peer, () => Date.now() >= end).catch(() => undefined);
    await peer.stop();
  }
  return names;
}

async function heightOf({url}: KhalaProcess): Promise<number> {
  const {number} = await rpc<{number: string}>(url, "chain_getHeader", []);
  return Number(number);
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
    const waits: number[] = [];
    let peak = 0;
    let isOver = false;
    const from = {height: await heightOf(node), at: Date.now()};
    const watch = (async () => {
      while (!isOver) {
        const began = performance.now();
        await rpc(node.url, "system_chain", []);
        waits.push(performance.now() - began);
        peak = Math.max(peak, residentMegabytes(node.child.pid!));
        await pause(20);
      }
    })();
    const names = await attackFor(address!, chain, attack);
    isOver = true;
    await watch;
    const slots = Math.floor((Date.now() - from.at) / SLOT);
    const missed = Math.max(0, slots - ((await heightOf(node)) - from.height) - 1);
    waits.sort((a, b) => a - b);
    figures.push(
      {name: `(m) ${name}: an RPC answer, median`, value: median(waits), unit: "ms"},
      {name: `(m) ${name}: an RPC answer, longest`, value: waits.at(-1) ?? 0, unit: "ms"},
      {name: `(m) ${name}: memory at its highest`, value: peak, unit: "MB"},
      {name: `(m) ${name}: names it needed`, value: names, unit: ""},
      {name: `(m) ${name}: slots without a block`, value: missed, unit: "of " + slots},
    );
  }
  await node.stop();
  return figures;
}
