import {randomBytes} from "node:crypto";
import {ok, silentLogger, unwrap} from "#base";
import {firstState, genesisBlock, presetSpec} from "#chain-spec";
import {decode, encode} from "#codec";
import {gossipMessage, justification, warpProof} from "#consensus";
import {steadyClock, systemClock} from "#core";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryKeystore, createMemorySigningGuard, type Keystore} from "#keystore";
import {createLibp2pTransport, createMemoryPeerStore, type Transport} from "#network";
import {createRuntimes} from "#node";
import {PRESET_PARAMETERS} from "#runtime";
import {createMemoryChainStore} from "#store";
import {assembleCore} from "../../src/core/assemble-core.ts";
import type {NodeCore} from "../../src/core/node-core.ts";
import {inlineSignatures} from "../../src/core/signatures/inline-signatures.ts";
import {SignatureChecks} from "../../src/core/signatures/signature-checks.ts";
import {
  decodeBlockResponse,
  encodeBlockResponse,
} from "../../src/network/protocols/block-response.ts";
import {
  decodeLightResponse,
  encodeLightResponse,
} from "../../src/network/protocols/light-request.ts";

/** What a node of ours is made to lie about. */
export type Forgery = "nothing" | "seal" | "justification" | "read-proof" | "warp-fragment";

/** Milliseconds. */
const SLOT = 200n;

export interface ForgingNode {
  readonly core: NodeCore;
  readonly addresses: readonly string[];
  /** How often it has lied. */
  readonly lies: () => number;
  /** What it is to lie about in read proofs it tells truly until then: a client that knows nothing yet would not start. */
  beginToLie(): void;
  stop(): Promise<void>;
}

export const FORGED_CHAIN = ["--chain=dev", `--param=slot=${SLOT}ms`];

/** A dev chain that authors and finalizes as it should, and tells its peers something else. */
export async function startForgingNode(forgery: Forgery): Promise<ForgingNode> {
  const crypto = await createNativeCrypto();
  const spec = presetSpec("dev", {parameters: {...PRESET_PARAMETERS.dev, slotDuration: SLOT}});
  if (spec === undefined) throw new Error("there is a dev preset");
  const hash = (data: Uint8Array) => crypto.hashing.blake2b256(data);
  const genesis = genesisBlock(unwrap(firstState(spec.genesis, crypto)), 0, crypto.hashing);
  const store = await createMemoryChainStore(
    {
      hash: genesis.hash,
      number: 0,
      parentHash: genesis.header.parentHash,
      header: genesis.headerBytes,
      body: [],
      state: genesis.state,
    },
    hash,
  );
  const keystore = createMemoryKeystore({
    keyPairs: crypto.keyPairs,
    randomBytes: length => new Uint8Array(randomBytes(length)),
  });
  const alice = WELL_KNOWN_ACCOUNTS[0]!;
  unwrap(keystore.insert("aura", "//Alice", alice.sr25519));
  unwrap(keystore.insert("gran", "//Alice", alice.ed25519));
  const forger = new Forger(forgery);
  if (forgery === "seal") forger.spoilSeals(keystore);
  const honest = await createLibp2pTransport({
    nodeKey: new Uint8Array(randomBytes(32)),
    listen: ["/ip4/127.0.0.1/tcp/0/ws"],
    agentVersion: "khala/forging (test)",
    clock: steadyClock,
    logger: silentLogger,
    random: Math.random,
  });
  const core = unwrap(
    assembleCore(
      {
        collator: true,
        forceAuthoring: true,
        seal: {kind: "slots"},
        pool: {},
        network: {
          transport: forger.over(honest),
          peerStore: createMemoryPeerStore(),
          chain: {genesisHash: genesis.hash, protocolId: spec.protocolId},
          slots: {},
          bootnodes: [],
          reserved: [],
          reservedOnly: false,
          allowPrivateAddresses: true,
        },
      },
      {
        runtimes: createRuntimes(crypto),
        store,
        keystore,
        guard: createMemorySigningGuard(),
        crypto,
        signatures: new SignatureChecks(crypto, inlineSignatures(crypto)),
        clock: steadyClock,
        wallClock: systemClock,
        logger: silentLogger,
        random: Math.random,
        yieldThread: () => new Promise(resolve => setImmediate(resolve)),
        onFatal: report => {
          throw new Error(report.what);
        },
      },
    ),
  );
  unwrap(await core.start());
  return {
    core,
    addresses: honest.addresses(),
    lies: () => forger.lies,
    beginToLie: () => {
      forger.isHonest = false;
    },
    stop: () => core.stop(),
  };
}

/** Stands between a node and its transport, and spoils one kind of thing that goes out. */
class Forger {
  readonly #forgery: Forgery;
  lies = 0;
  isHonest: boolean;

  constructor(forgery: Forgery) {
    this.#forgery = forgery;
    this.isHonest = forgery === "read-proof";
  }

  /** Blocks that hang together and are sealed wrongly: what a thief of an authority's slot would make. */
  spoilSeals(keystore: Keystore): void {
    const sign = keystore.sign.bind(keystore);
    keystore.sign = (keyType, key, message) => {
      const signature = sign(keyType, key, message);
      if (keyType !== "aura" || !signature.ok) return signature;
      this.lies++;
      return ok(flipped(signature.value, 10));
    };
  }

  over(transport: Transport): Transport {
    return {
      peerId: transport.peerId,
      stop: () => transport.stop(),
      addresses: () => transport.addresses(),
      connections: () => transport.connections(),
      traffic: transport.traffic,
      dial: (address, signal) => transport.dial(address, signal),
      disconnect: peer => transport.disconnect(peer),
      request: (peer, request, signal) => transport.request(peer, request, signal),
      start: handlers =>
        transport.start({
          ...handlers,
          requests: handlers.requests.map(protocol => ({
            ...protocol,
            answer: async (peer, request, signal) => {
              const answer = await protocol.answer(peer, request, signal);
              return answer === undefined ? undefined : this.#spoil(protocol.names[0]!, answer);
            },
          })),
        }),
      openNotification: async (peer, opening, signal) => {
        const opened = await transport.openNotification(peer, opening, signal);
        if (!opened.ok) return opened;
        const sink = opened.value;
        const spoil = (message: Uint8Array) => this.#spoil(opening.names[0]!, message);
        return {
          ok: true,
          value: {
            ...sink,
            closed: sink.closed,
            close: () => sink.close(),
            send: m => sink.send(spoil(m)),
          },
        };
      },
    };
  }

  #spoil(protocol: string, bytes: Uint8Array): Uint8Array {
    const spoilt = this.isHonest ? undefined : this.#spoilt(protocol, bytes);
    if (spoilt === undefined) return bytes;
    this.lies++;
    return spoilt;
  }

  #spoilt(protocol: string, bytes: Uint8Array): Uint8Array | undefined {
    const isOf = (name: string) => protocol.endsWith(name);
    switch (this.#forgery) {
      case "nothing":
      case "seal":
        return undefined;
      case "justification":
        return isOf("/grandpa/1") ? spoiltCommit(bytes) : this.#spoiltBlocks(protocol, bytes);
      case "read-proof":
        return isOf("/light/2") ? spoiltProof(bytes) : undefined;
      case "warp-fragment":
        return isOf("/sync/warp") ? spoiltWarp(bytes) : undefined;
    }
  }

  #spoiltBlocks(protocol: string, bytes: Uint8Array): Uint8Array | undefined {
    if (!protocol.endsWith("/sync/2")) return undefined;
    const blocks = unwrap(decodeBlockResponse(bytes));
    if (blocks.every(({justifications = []}) => justifications.length === 0)) return undefined;
    const spoilt = blocks.map(block => ({
      ...block,
      justifications: block.justifications?.map(one => ({
        ...one,
        proof: spoiltJustification(one.proof),
      })),
    }));
    return encodeBlockResponse(spoilt, {multipleJustifications: true});
  }
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
}

const spoiltSignature = <T extends {signature: Uint8Array}>(vote: T): T => ({
  ...vote,
  signature: flipped(vote.signature, 40),
});

function spoiltJustification(bytes: Uint8Array): Uint8Array {
  const {commit, ...rest} = unwrap(decode(justification, bytes));
  const precommits = commit.precommits.map(spoiltSignature);
  return encode(justification, {...rest, commit: {...commit, precommits}});
}

function spoiltCommit(bytes: Uint8Array): Uint8Array | undefined {
  const message = unwrap(decode(gossipMessage, bytes));
  if (message.type !== "Commit") return undefined;
  // Signature and key stand last.
  return flipped(bytes, bytes.length - 40);
}

function spoiltProof(bytes: Uint8Array): Uint8Array | undefined {
  const {kind, proof} = unwrap(decodeLightResponse(bytes));
  return proof === undefined
    ? undefined
    : encodeLightResponse({kind, proof: flipped(proof, proof.length - 1)});
}

function spoiltWarp(bytes: Uint8Array): Uint8Array | undefined {
  const {fragments, isFinished} = unwrap(decode(warpProof, bytes));
  if (fragments.length === 0) return undefined;
  return encode(warpProof, {
    isFinished,
    fragments: fragments.map(({header, justification: proof}) => ({
      header,
      justification: {
        ...proof,
        commit: {...proof.commit, precommits: proof.commit.precommits.map(spoiltSignature)},
      },
    })),
  });
}
