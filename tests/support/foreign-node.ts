/**
 * Starts a node of the foreign chain, whose metadata is silent about the pallets named, prints where it is and runs until it
 * is told to stop: `node --import tsx foreign-node.ts Session CollatorSelection`.
 */
import {millis, silentLogger, unwrap} from "#base";
import {steadyClock, systemClock} from "#core";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {startNode} from "#node";
import {createForeignEngine, foreignSpec} from "../../src/runtime/test-kit/foreign/index.ts";

const known = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;
const unpublished = process.argv.slice(2);
const crypto = await createNativeCrypto();
const accounts = ["Alice", "Bob"].map(name => known(name).sr25519);
const spec = foreignSpec(
  {
    balances: accounts.map(who => [who, 10n ** 15n] as const),
    invulnerables: accounts,
    sudo: known("Alice").sr25519,
    candidacyBond: 10n ** 12n,
  },
  crypto,
);
const node = unwrap(
  await startNode(
    {
      spec: {...spec, chainType: "Development"},
      name: "test",
      version: "0",
      basePath: "",
      throwAway: false,
      inMemory: true,
      collator: true,
      devKeys: ["//Alice", "//Bob"],
      keystorePath: undefined,
      password: undefined,
      seal: {kind: "slots"},
      finality: {kind: "committee", voters: [{id: known("Alice").ed25519, weight: 1}]},
      sync: "full",
      forceAuthoring: true,
      network: {
        listen: [],
        announce: [],
        bootnodes: [],
        reserved: [],
        reservedOnly: false,
        slots: {},
        nodeKey: undefined,
      },
      rpc: {
        host: "127.0.0.1",
        port: 0,
        methods: "unsafe",
        origins: undefined,
        limits: {},
        dashboard: true,
      },
      pool: {},
      signatureWorkers: 1,
      minFreeSpace: 0,
      freeSpaceInterval: millis(1_000),
    },
    {
      clock: steadyClock,
      wallClock: systemClock,
      logger: silentLogger,
      onFatal(report) {
        throw new Error(report.what);
      },
      engines: [createForeignEngine(crypto, {unpublished})],
    },
  ),
);
process.on("SIGTERM", () => void node.stop().then(() => process.exit(0)));
process.stdout.write(`ws://${node.rpc.host}:${node.rpc.port}\n`);
