import type {TestContext} from "node:test";
import {formatReport, millis, silentLogger} from "#base";
import {type FinalityChoice, steadyClock, systemClock} from "#core";
import {createPortableCrypto, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {type NodeConfiguration, type RunningNode, startNode} from "#node";
import {DEFAULT_LIMITS} from "#rpc";
import {createForeignEngine, foreignSpec} from "../../src/runtime/test-kit/foreign/index.ts";

const crypto = createPortableCrypto(length => new Uint8Array(length));
const accountOf = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;
const alice = accountOf("Alice");

export interface ForeignNodeOptions {
  readonly finality?: FinalityChoice;
  /** Secret URIs of the dev keys that it holds; Alice's if not said. */
  readonly devKeys?: readonly string[];
  readonly seal?: NodeConfiguration["seal"];
  /** Shows the dashboard, where one was built. */
  readonly dashboard?: boolean;
}

/** The chain's money: ten decimals. */
export const TOY = 10n ** 10n;

/**
 * A node of a chain whose runtime is not this program's, in this process, with RPC on a free port: Alice alone authors, and
 * is the committee that makes blocks final where nothing else is said.
 */
export async function startForeignNode(
  t: TestContext,
  {
    finality,
    devKeys = ["//Alice"],
    seal = {kind: "slots"},
    dashboard = false,
  }: ForeignNodeOptions = {},
): Promise<{readonly node: RunningNode; readonly url: string}> {
  const spec = foreignSpec(
    {
      balances: WELL_KNOWN_ACCOUNTS.map(({sr25519}) => [sr25519, 1_000_000n * TOY] as const),
      invulnerables: [alice.sr25519],
      sudo: alice.sr25519,
      candidacyBond: 100n * TOY,
    },
    crypto,
  );
  const configuration: NodeConfiguration = {
    spec,
    name: "toy",
    version: "0.0.0-test",
    basePath: "",
    throwAway: false,
    inMemory: true,
    network: {
      listen: [],
      announce: [],
      bootnodes: [],
      reserved: [],
      reservedOnly: false,
      slots: {},
      nodeKey: {secret: new Uint8Array(32).fill(1)},
    },
    forceAuthoring: true,
    sync: "full",
    collator: true,
    devKeys,
    keystorePath: undefined,
    password: undefined,
    seal,
    finality: finality ?? {kind: "committee", voters: [{id: alice.ed25519, weight: 1}]},
    rpc: {
      host: "127.0.0.1",
      port: 0,
      methods: "unsafe",
      origins: undefined,
      limits: DEFAULT_LIMITS,
      socket: "none",
      dashboard,
    },
    pool: {},
    signatureWorkers: 1,
    minFreeSpace: 0,
    freeSpaceInterval: millis(60_000),
  };
  const started = await startNode(configuration, {
    clock: steadyClock,
    wallClock: systemClock,
    logger: silentLogger,
    engines: [createForeignEngine(crypto)],
    onFatal: report => {
      throw new Error(formatReport(report));
    },
  });
  if (!started.ok) throw new Error(started.error);
  const node = started.value;
  t.after(() => node.stop());
  return {node, url: `ws://127.0.0.1:${node.rpc.port}`};
}
