import {randomBytes} from "node:crypto";
import {err, formatReport, ok, type Result} from "#base";
import {type GenesisMakers, genesisToStore} from "#chain-spec";
import type {CryptoSuite} from "#crypto";
import {memorySlotKeeper} from "#desk";
import {createMemoryKeystore, createMemorySigningGuard} from "#keystore";
import {createMemoryPeerStore} from "#network";
import {createMemoryChainStore} from "#store";
import type {NodeConfiguration} from "./configuration.ts";
import {peerIdentityOf} from "./peer-identity.ts";
import type {NodeResources} from "./resources.ts";

/** What a node stands on that leaves nothing behind. */
export async function openInMemory(
  {spec, network: {nodeKey}}: NodeConfiguration,
  {hashing, keyPairs}: CryptoSuite,
  makers: GenesisMakers,
): Promise<Result<NodeResources, string>> {
  const hash = (data: Uint8Array) => hashing.blockHash(data);
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const keystore = createMemoryKeystore({keyPairs, randomBytes: random});
  const genesis = genesisToStore(spec.genesis, makers);
  if (!genesis.ok) return err(formatReport(genesis.error));
  return ok({
    store: await createMemoryChainStore(genesis.value, hash),
    keystore,
    guard: createMemorySigningGuard(),
    identity: peerIdentityOf(
      nodeKey !== undefined && "secret" in nodeKey ? nodeKey.secret : random(32),
    ),
    peerStore: createMemoryPeerStore(),
    slotKeeper: memorySlotKeeper(),
  });
}
