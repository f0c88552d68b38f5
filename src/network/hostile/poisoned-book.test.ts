import "../../polyfills.ts";
import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {type AddressInfo, createServer, type Socket} from "node:net";
import {test} from "node:test";
import {base58} from "@scure/base";
import {err, millis, seededRandom, silentLogger, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {FrameReader} from "../libp2p/frame-reader.ts";
import {withLength} from "../libp2p/frame-writer.ts";
import {multiaddrToBytes} from "../peers/multiaddr-bytes.ts";
import {Network} from "../peers/network.ts";
import {createMemoryPeerStore} from "../peers/peer-store.ts";
import {decodeKademlia, encodeKademlia, KADEMLIA_K} from "../protocols/kademlia.ts";
import {protocolNames} from "../protocols/protocol-table.ts";
import {eventually} from "../test-kit/eventually.ts";
import {startRealNode} from "../test-kit/libp2p-node.ts";
import {rawPeer} from "../test-kit/raw-peer.ts";
import {GENESIS, virtualNetwork} from "../test-kit/virtual-network.ts";
import {dialFailure} from "../transport/failures.ts";
import type {PeerAddress} from "../transport/peer-address.ts";
import type {Transport} from "../transport/transport.ts";

/** An id such as an ed25519 key has. */
const inventedPeer = (bytes: Uint8Array) =>
  Uint8Array.from([0, 0x24, 0x08, 0x01, 0x12, 0x20, ...bytes.subarray(0, 32)]);

for (const seed of [1, 2, 3, 4]) {
  test(`a bootnode that restarts is found again within 30 s, however many invented peers were told of (seed ${seed})`, async t => {
    const net = virtualNetwork(seed);
    const random = seededRandom(seed);
    const boot = await net.start("boot");
    // A transport on which nobody answers at an address of the internet.
    const memory = net.hub.transport("victim");
    let silent = 0;
    const dial: Transport["dial"] = async (address, signal) => {
      if (!address.startsWith("/ip4/")) return memory.dial(address, signal);
      silent++;
      const end = net.clock.until(millis(net.clock.now() + 10_000), signal);
      await end.catch(() => undefined);
      return err(dialFailure("timeout", "silence"));
    };
    let tell: ((address: PeerAddress) => void) | undefined;
    const transport = new Proxy(memory, {
      get(target, name) {
        if (name === "dial") return dial;
        if (name === "start") {
          return (handlers: Parameters<Transport["start"]>[0]) => {
            tell = ({peer, address}) => handlers.discovered(peer, [address]);
            return target.start(handlers);
          };
        }
        const value = Reflect.get(target, name) as unknown;
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const victim = new Network(
      {
        chain: {genesisHash: GENESIS, protocolId: "test"},
        role: "authority",
        best: {number: 0, hash: GENESIS},
        bootnodes: [boot.address],
        allowPrivateAddresses: true,
      },
      {
        transport,
        clock: net.clock,
        logger: silentLogger,
        random,
        hashing: createPortableHashing(),
        store: createMemoryPeerStore(),
        requests: {},
        events: {
          peerAccepted() {},
          peerGone() {},
          announce: async () => {},
          transactions: async () => {},
          grandpa: async () => {},
          grandpaReopened() {},
        },
      },
    );
    unwrap(await victim.start());
    await net.until("the bootnode is there", () => victim.peers().includes("boot"));
    const pour = (count: number) => {
      for (let i = 0; i < count; i++) {
        const peer = base58.encode(
          inventedPeer(Uint8Array.from({length: 32}, () => random() * 256)),
        );
        for (let port = 1; port <= 8; port++) tell!({peer, address: `/ip4/9.9.9.9/tcp/${port}`});
        tell!({peer: "boot", address: `/ip4/9.9.9.9/tcp/${1 + Math.floor(random() * 60_000)}`});
      }
    };
    for (let second = 0; second < 30; second++) {
      pour(20);
      await net.pass(1_000);
    }
    assert.ok(silent > 0, "invented ones are tried");
    await boot.network.stop();
    for (let second = 0; second < 40; second++) {
      pour(20);
      await net.pass(1_000);
    }
    assert.deepEqual(victim.peers(), []);
    const again = await net.start("boot");
    const since = net.clock.now();
    for (let second = 0; second < 120 && victim.peers().length === 0; second++) {
      pour(20);
      await net.pass(1_000);
    }
    const took = net.clock.now() - since;
    t.diagnostic(
      `${silent} dials in vain, ${victim.snapshot().knownPeers} known, back after ${took / 1_000} s`,
    );
    assert.ok(took <= 30_000, `${took} ms`);
    await victim.stop();
    await again.network.stop();
    await net.stop();
  });
}

test("over TCP: what Kademlia and identify are filled with keeps no restarted bootnode away", async t => {
  // Takes connections and says nothing.
  const sockets = new Set<Socket>();
  const silence = createServer(socket => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>(resolve => silence.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    silence.close();
  });
  const {port} = silence.address() as AddressInfo;
  const nodeKey = randomBytes(32);
  const boot = await startRealNode({transport: {nodeKey}});
  t.after(() => boot.network.stop());
  const listen = [boot.address.replace(/\/p2p\/.*/, "")];
  const victim = await startRealNode({options: {bootnodes: [boot.address]}});
  t.after(() => victim.network.stop());
  await eventually("the bootnode is there", () => victim.network.peers().length === 1);
  const chain = {genesisHash: GENESIS, protocolId: "test"};
  const addresses = [multiaddrToBytes(`/ip4/127.0.0.1/tcp/${port}`)!];
  let told = 0;
  await Promise.all(
    Array.from({length: 8}, async () => {
      const liar = await rawPeer(victim.address);
      t.after(() => liar.stop());
      for (const name of protocolNames(chain, "kademlia")) {
        await liar.handle(name, async stream => {
          const asked = await new FrameReader(stream).frame(4_096);
          if (asked.code !== "frame") return;
          const {type, key} = unwrap(decodeKademlia(asked.bytes));
          const closerPeers = Array.from({length: KADEMLIA_K}, () => ({
            id: inventedPeer(randomBytes(32)),
            addresses,
          }));
          told += closerPeers.length;
          stream.send(withLength(encodeKademlia({type, key, closerPeers})));
          await stream.close();
        });
      }
      await liar.greet();
    }),
  );
  await eventually("the book is poisoned", () => victim.network.snapshot().knownPeers > 90);
  await eventually("invented ones are tried", () => sockets.size > 0);
  const bootId = boot.network.snapshot().peerId;
  await boot.network.stop();
  await eventually("it is gone", () => !victim.network.peers().includes(bootId));
  const again = await startRealNode({transport: {nodeKey, listen}});
  t.after(() => again.network.stop());
  const since = Date.now();
  await eventually("it is back", () => victim.network.peers().includes(bootId));
  t.diagnostic(`${told} invented peers told of, back after ${Date.now() - since} ms`);
});
