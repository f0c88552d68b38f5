/**
 * (k) How long a block takes over five hops: six nodes in a line in one process, on a network in memory without
 * delays, on the machine's clock; the first one makes all blocks. From the block being told of at the first node to
 * its being told of at the sixth. What a real network adds is three one-way delays a hop (told of, asked for, sent).
 */
import {randomBytes} from "node:crypto";
import {bytesToHex, millis, silentLogger} from "#base";
import {collatorsParameters, collatorsSpec} from "#chain-spec";
import {inlineSignatures, SignatureChecks, steadyClock, systemClock} from "#core";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryHub} from "#network";
import {type NodeConfiguration, peerIdentityOf, type RunningNode, startNode} from "#node";
import {type Figure, median} from "./figure.ts";

const NODES = 6;
const BLOCKS = 40;

export async function benchHops(): Promise<Figure[]> {
  const [alice] = WELL_KNOWN_ACCOUNTS;
  const spec = collatorsSpec({
    parameters: {...collatorsParameters(1, 0), slotDuration: 200n},
    invulnerables: [{account: alice!.sr25519, grandpa: alice!.ed25519}],
    others: [],
    endowed: [],
    sudo: alice!.sr25519,
  });
  const hub = createMemoryHub({clock: steadyClock, random: Math.random});
  const secrets = Array.from({length: NODES}, () => new Uint8Array(randomBytes(32)));
  const addresses = secrets.map(secret => {
    const {peerId} = peerIdentityOf(secret);
    return `/memory/${peerId}/p2p/${peerId}`;
  });
  const told = new Map<string, number>();
  const took: number[] = [];
  const nodes: RunningNode[] = [];
  for (let i = NODES - 1; i >= 0; i--) {
    const crypto = await createNativeCrypto(randomBytes);
    const started = await startNode(configurationOf(i), {
      clock: steadyClock,
      wallClock: systemClock,
      logger: silentLogger,
      onFatal: ({what}) => {
        throw new Error(what);
      },
      shared: {
        crypto,
        signatures: new SignatureChecks(crypto, inlineSignatures(crypto)),
        transport: peerId => hub.transport(peerId),
      },
    });
    if (!started.ok) throw new Error(started.error);
    nodes.push(started.value);
    started.value.chain.on("import", ({hash}) => {
      const name = bytesToHex(hash);
      if (i === 0) told.set(name, performance.now());
      const at = told.get(name);
      if (i === NODES - 1 && at !== undefined) took.push(performance.now() - at);
    });
  }
  while (took.length < BLOCKS) await new Promise(resolve => setTimeout(resolve, 50));
  await Promise.all(nodes.map(node => node.stop()));
  return [
    {name: `(k) a block over ${NODES - 1} hops`, value: median(took), unit: "ms"},
    {name: "(k) the slowest of forty", value: Math.max(...took), unit: "ms"},
  ];

  function configurationOf(i: number): NodeConfiguration {
    const neighbours = [addresses[i - 1], addresses[i + 1]].filter(one => one !== undefined);
    return {
      spec,
      name: `node-${i}`,
      version: "bench",
      basePath: "",
      throwAway: false,
      inMemory: true,
      sync: "full",
      network: {
        listen: [["memory"]],
        announce: [],
        bootnodes: [],
        reserved: neighbours,
        reservedOnly: true,
        slots: {},
        nodeKey: {secret: secrets[i]!},
      },
      forceAuthoring: true,
      collator: i === 0,
      devKeys: i === 0 ? ["//Alice"] : [],
      keystorePath: undefined,
      password: undefined,
      seal: {kind: "slots"},
      rpc: {host: "127.0.0.1", port: 0, methods: "auto", origins: undefined, limits: {}},
      pool: {},
      signatureWorkers: 1,
      minFreeSpace: 0,
      freeSpaceInterval: millis(60_000),
    };
  }
}
