import {signal} from "@preact/signals";
import {BackOff} from "../rpc/back-off.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {type AmountUnit, unitOf} from "../text/amount-unit.ts";

/** What does not change while the page is open, unless the node is another one. */
export interface ChainFacts {
  readonly name: string;
  readonly type: string;
  readonly genesis: string;
  readonly program: string;
  readonly version: string;
  readonly peerId: string;
  readonly roles: readonly string[];
  readonly unit: AmountUnit;
}

interface RuntimeVersion {
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
}

export const chain = signal<ChainFacts | undefined>(undefined);
/** Why the last time they were asked for brought nothing. */
export const chainFailure = signal<string | undefined>(undefined);

async function read(): Promise<void> {
  const [name, type, genesis, program, version, peerId, roles, properties] = await Promise.all([
    node.call<string>("system_chain"),
    node.call<string | {Custom: string}>("system_chainType"),
    node.call<string>("chain_getBlockHash", [0]),
    node.call<string>("system_name"),
    node.call<string>("system_version"),
    node.call<string>("system_localPeerId"),
    node.call<string[]>("system_nodeRoles"),
    node.call<Readonly<Record<string, unknown>>>("system_properties"),
  ]);
  const known = chain.peek()?.genesis;
  // A node of another chain answers at this address now: nothing that was shown is true of it.
  if (known !== undefined && known !== genesis) location.reload();
  chain.value = {
    name,
    type: typeof type === "string" ? type : type.Custom,
    genesis,
    program,
    version,
    peerId,
    roles,
    unit: unitOf(properties),
  };
}

const backOff = new BackOff();

function readAgain(): void {
  read().then(
    () => {
      chainFailure.value = undefined;
      backOff.stop();
    },
    error => {
      chainFailure.value = failureText(error);
      // After a break it is read with the next connection.
      if (node.connection.peek() === "open") backOff.later(readAgain);
    },
  );
}

node.connection.subscribe(connection => {
  backOff.stop();
  if (connection === "open") readAgain();
});

/** Where the node listens for peers. */
export const ownAddresses = asked<readonly string[]>(
  () => node.call("system_localListenAddresses"),
  whenChanges(chain, 1_000),
);

/** What can be asked of it over JSON-RPC. */
export const methods = asked<readonly string[]>(
  async () => (await node.call<{methods: string[]}>("rpc_methods")).methods,
  whenChanges(chain, 1_000),
);

export const runtimeVersion = asked<RuntimeVersion>(
  () => node.call("state_getRuntimeVersion"),
  whenChanges(chain, 1_000),
);

/** A chain on one machine, whose time can be moved. */
export const isDevelopment = (facts: ChainFacts | undefined): boolean =>
  facts?.type === "Development";

/** Secrets that everybody knows may sign here: there is nothing to be lost. */
export const isRehearsal = (facts: ChainFacts | undefined): boolean =>
  isDevelopment(facts) || facts?.type === "Local";
