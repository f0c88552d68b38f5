import {randomBytes} from "node:crypto";
import {type Clock, millis, silentLogger, unwrap} from "#base";
import {genesisToStore} from "#chain-spec";
import {
  assembleCore,
  inlineSignatures,
  RuntimesByCode,
  SignatureChecks,
  steadyClock,
  systemClock,
} from "#core";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryKeystore, createMemorySigningGuard, type Keystore} from "#keystore";
import {createKeysAnswers, RpcServer} from "#rpc";
import {createMemoryChainStore} from "#store";
import {createChainAnswers} from "../../node/answers/chain.ts";
import {createPoolAnswers} from "../../node/answers/pool.ts";
import {createSessionKeyRuntime} from "../../node/answers/session-keys.ts";
import {insertConfiguredKeys} from "../../node/dev-keys.ts";
import {createForeignEngine, FOREIGN, foreignSpec} from "../../runtime/test-kit/foreign/index.ts";

/** Times as fast as the machine's clocks: a session of ten slots of a second is over in little more than one. */
const SPEED = 8;

function faster(clock: Clock): Clock {
  const start = clock.now();
  const now = () => millis(start + (clock.now() - start) * SPEED);
  return {
    now,
    until: (time, signal) =>
      clock.until(millis(clock.now() + Math.max(0, time - now()) / SPEED), signal),
  };
}

export interface ForeignNode {
  readonly url: string;
  readonly keystore: Keystore;
  best(): number;
  stop(): Promise<void>;
}

/**
 * A node of the foreign chain that answers what any Substrate node does, and nothing of what is only ours: it authors as
 * Alice, alone, with blocks final by her votes. Candidates need a bond of 50 TOY; well-known accounts have 100,000.
 */
export async function startForeignNode(): Promise<ForeignNode> {
  const crypto = await createNativeCrypto();
  const {hashing, keyPairs} = crypto;
  const alice = WELL_KNOWN_ACCOUNTS.find(({name}) => name === "Alice")!;
  const toy = 10n ** BigInt(FOREIGN.token.decimals);
  const spec = foreignSpec(
    {
      balances: WELL_KNOWN_ACCOUNTS.map(({sr25519}) => [sr25519, 100_000n * toy] as const),
      invulnerables: [alice.sr25519],
      sudo: alice.sr25519,
      candidacyBond: 50n * toy,
    },
    crypto,
  );
  const runtimes = new RuntimesByCode([createForeignEngine(crypto)], hashing);
  const store = await createMemoryChainStore(unwrap(genesisToStore(spec.genesis, crypto)), data =>
    hashing.blake2b256(data),
  );
  const keystore = createMemoryKeystore({
    keyPairs,
    randomBytes: length => new Uint8Array(randomBytes(length)),
  });
  const finality = {kind: "committee", voters: [{id: alice.ed25519, weight: 1}]} as const;
  const configured = {devKeys: ["//Alice"], finality};
  unwrap(insertConfiguredKeys(configured, {store, keystore}, runtimes, crypto));
  const signatures = new SignatureChecks(crypto, inlineSignatures(crypto));
  const fatal = (what: unknown): never => {
    throw new Error(`the node broke: ${JSON.stringify(what)}`);
  };
  const core = unwrap(
    assembleCore(
      {
        collator: true,
        forceAuthoring: true,
        seal: {kind: "slots"},
        pool: {},
        finality,
        network: undefined,
      },
      {
        runtimes,
        store,
        keystore,
        guard: createMemorySigningGuard(),
        crypto,
        signatures,
        clock: faster(steadyClock),
        wallClock: faster(systemClock),
        logger: silentLogger,
        random: () => 0.5,
        yieldThread: () => new Promise(resolve => setImmediate(resolve)),
        onFatal: fatal,
      },
    ),
  );
  const host = {verifySignature: signatures.verifySignature};
  const server = new RpcServer(
    {methods: "unsafe"},
    {
      hashing,
      randomBytes: length => new Uint8Array(randomBytes(length)),
      clock: steadyClock,
      logger: silentLogger,
      answers: {
        chain: createChainAnswers(
          core.chain,
          host,
          {clock: steadyClock, yieldThread: async () => {}},
          fatal,
        ),
        pool: createPoolAnswers(core.pool),
        keys: createKeysAnswers(keystore, createSessionKeyRuntime(core.chain, host)),
        node: {
          name: "toy-node",
          version: "1.2.3",
          chain: spec.name,
          chainType: spec.chainType,
          properties: spec.properties,
          role: "Authority",
          ss58Prefix: FOREIGN.ss58Prefix,
          localPeerId: "12D3KooW",
          listenAddresses: () => [],
          health: () => ({peers: 0, isSyncing: false, shouldHavePeers: false}),
          authoring: core.complaint,
          syncState: () => ({startingBlock: 0, currentBlock: 0, highestBlock: 0}),
          peers: () => [],
        },
      },
    },
  );
  const {port} = unwrap(await server.listen({host: "127.0.0.1", port: 0}));
  unwrap(await core.start());
  return {
    url: `ws://127.0.0.1:${port}`,
    keystore,
    best: () => core.chain.best().number,
    async stop() {
      await server.close();
      await core.stop();
    },
  };
}
