import {randomBytes} from "node:crypto";
import {err, formatReport, ok, type Result} from "#base";
import {type ChainSpec, type GenesisMakers, genesisToStore} from "#chain-spec";
import type {CryptoSuite} from "#crypto";
import {memorySlotKeeper} from "#desk";
import {createMemoryKeystore, createMemorySigningGuard} from "#keystore";
import {createMemoryPeerStore} from "#network";
import {createMemoryChainStore, type NewBlock} from "#store";
import type {NodeConfiguration} from "./configuration.ts";
import {peerIdentityOf} from "./peer-identity.ts";
import {policyOf} from "./pruning-wishes.ts";
import type {NodeResources} from "./resources.ts";

/**
 * First blocks of specs whose chains run in this process: nodes of one network, and chains that tests begin again and again, have
 * the same, which nobody writes to. On disk it would be in memory for nothing.
 */
const FIRST_BLOCKS = new WeakMap<ChainSpec["genesis"], NewBlock>();

/** What a node stands on that leaves nothing behind. */
export async function openInMemory(
  {spec, network: {nodeKey}, pruning = {}}: NodeConfiguration,
  {hashing, keyPairs}: CryptoSuite,
  makers: GenesisMakers,
): Promise<Result<NodeResources, string>> {
  const hash = (data: Uint8Array) => hashing.blockHash(data);
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const keystore = createMemoryKeystore({keyPairs, randomBytes: random});
  let genesis = FIRST_BLOCKS.get(spec.genesis);
  if (genesis === undefined) {
    const made = genesisToStore(spec.genesis, makers);
    if (!made.ok) return err(formatReport(made.error));
    genesis = made.value;
    FIRST_BLOCKS.set(spec.genesis, genesis);
  }
  return ok({
    store: await createMemoryChainStore(genesis, hash, {pruning: policyOf(pruning, hashing)}),
    keystore,
    guard: createMemorySigningGuard(),
    identity: peerIdentityOf(
      nodeKey !== undefined && "secret" in nodeKey ? nodeKey.secret : random(32),
    ),
    peerStore: createMemoryPeerStore(),
    slotKeeper: memorySlotKeeper(),
  });
}
