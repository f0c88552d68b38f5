import {bytesToHex} from "#base";
import {CHAIN_PROPERTIES} from "#chain-spec";
import {encodeSs58, type Ss58Prefix, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {addressPrefix, describeRuntime} from "#description";
import type {KeyReadiness} from "#desk";
import type {NodeConfiguration, RunningNode} from "#node";
import {amountText} from "../desk/amounts.ts";
import {unitOf} from "../desk/chain-at-hand.ts";
import {orUnknown} from "../desk/or-unknown.ts";
import {runtimeLines, spanText} from "./runtime-lines.ts";

const LABEL = 12;

function row(label: string, text: string): string {
  return `  ${label.padEnd(LABEL)} ${text}`;
}

function seconds(milliseconds: number): string {
  return milliseconds < 120_000
    ? `${Math.max(0, Math.round(milliseconds / 100) / 10)} s`
    : `${Math.round(milliseconds / 60_000)} min`;
}

function nameOf(account: Uint8Array, prefix: Ss58Prefix): string {
  const hex = bytesToHex(account);
  const known = WELL_KNOWN_ACCOUNTS.find(({sr25519}) => bytesToHex(sr25519) === hex);
  return known?.name ?? encodeSs58(account, prefix);
}

/** As the chain's runtime says, or its spec. What ours says is known: to ask it costs a start a tenth of its time. */
function prefixOf({spec}: NodeConfiguration, {chain}: RunningNode): Ss58Prefix {
  if (spec.genesis.kind === "built") return CHAIN_PROPERTIES.ss58Format;
  const {state} = chain.head;
  const runtime = chain.runtimeOf(state);
  const host = chain.host(state, {verifySignature: () => false});
  const description = runtime.ok ? describeRuntime(runtime.value, host) : undefined;
  return addressPrefix(description?.ok ? description.value : undefined, spec.properties);
}

/** What a person wants to know of a node that has just started. */
export function greeting(configuration: NodeConfiguration, node: RunningNode): string[] {
  const {spec, seal, basePath, throwAway, collator} = configuration;
  const prefix = prefixOf(configuration, node);
  const best = node.chain.best();
  const session = node.session.current();
  const {host, port} = node.rpc;
  const slot = node.slotDuration();
  const kind = seal.kind === "interval" ? `every ${seal.every} ms` : seal.kind;
  const offset = node.time.offset;
  const lines = [
    `khala ${configuration.version}  ${spec.name}`,
    ...(spec.genesis.kind === "built"
      ? []
      : runtimeLines(node, who => nameOf(who, prefix)).map(([label, text]) => row(label, text))),
    row("chain", `${spec.id}, genesis ${bytesToHex(node.chain.genesisHash)}`),
    row("RPC", `ws://${host}:${port} (also http)`),
    ...(node.rpc.dashboard ? [row("dashboard", `http://${host}:${port}/`)] : []),
    ...(node.rpc.socket === undefined
      ? []
      : [row("RPC socket", `${node.rpc.socket} (this user, unsafe methods too)`)]),
    ...(node.metrics === undefined
      ? []
      : [row("metrics", `http://${node.metrics.host}:${node.metrics.port}/metrics`)]),
    row("best block", `${best.number} ${bytesToHex(best.hash)}`),
    row("data", throwAway ? `${basePath} (thrown away at the end)` : basePath),
    row(
      "blocks",
      node.core.isStateOnly
        ? "none are made or taken: state, metadata and calls are served"
        : `${kind}, ${slot} ms slots${offset > 0 ? `, chain time is ${seconds(offset)} ahead of the clock` : ""}`,
    ),
    row("peers", node.listenAddresses().join(", ") || "none: this node meets no peers"),
    ...(node.core.isStateOnly ? [] : [row("finality", finalityLine(node))]),
    row(
      "session",
      session.nextRotationAt === undefined
        ? `${orUnknown(session.index)}; unknown when the next one begins`
        : `${orUnknown(session.index)}, ${orUnknown(session.period, period => `${period} blocks (${spanText(period * session.slotDuration)})`)} each; next at block ${orUnknown(session.nextRotationBlock)}, in about ` +
            seconds(session.nextRotationAt - node.time.shown(node.time.now())),
    ),
    row(
      "authors",
      orUnknown(
        session.authors,
        authors =>
          authors.map(who => nameOf(who, prefix)).join(", ") || "none that a session names",
      ),
    ),
    row(
      "this node",
      collator && !node.core.isStateOnly ? authoring(node.keyReadiness()) : "does not author",
    ),
  ];
  return [...lines, ...accountLines(configuration, prefix)];
}

/** The same for a program: where everything is, and where the chain stands. What is not known is null. */
export function greetingJson(configuration: NodeConfiguration, node: RunningNode) {
  const {spec, basePath, throwAway} = configuration;
  const prefix = prefixOf(configuration, node);
  const {host, port, dashboard, socket} = node.rpc;
  const best = node.chain.best();
  const session = node.session.current();
  return {
    version: configuration.version,
    chain: {
      name: spec.name,
      id: spec.id,
      genesis: bytesToHex(node.chain.genesisHash),
      ss58Format: prefix,
    },
    rpc: `ws://${host}:${port}`,
    http: `http://${host}:${port}`,
    dashboard: dashboard ? `http://${host}:${port}/` : null,
    socket: socket ?? null,
    metrics:
      node.metrics === undefined
        ? null
        : `http://${node.metrics.host}:${node.metrics.port}/metrics`,
    best: {number: best.number, hash: bytesToHex(best.hash)},
    basePath,
    isThrownAway: throwAway,
    peers: node.listenAddresses(),
    session: {index: session.index ?? null, period: session.period ?? null},
    authors: session.authors?.map(who => encodeSs58(who, prefix)) ?? null,
    accounts: endowedAccounts(spec).map(({name, uri, account, amount}) => ({
      name,
      uri,
      address: encodeSs58(account, prefix),
      balance: String(amount),
    })),
  };
}

/** What a collator does, and no more than that. */
function authoring(readiness: KeyReadiness): string {
  switch (readiness.kind) {
    case "active":
      return "authors with the keys in its keystore";
    case "waiting":
      return "is a collator; none of the keys in its keystore is active in this session";
    case "stopped":
      return `is a collator with a key that is stopped. ${readiness.text}`;
    case "lacking":
      return `is a collator that lacks keys. ${readiness.text}`;
  }
}

function finalityLine({core}: RunningNode): string {
  const {grandpa} = core.finality;
  if (grandpa === undefined) return "each block at once: nobody votes on this chain";
  const {totalWeight, isVoter} = grandpa.status;
  const who = totalWeight === 1 ? "1 voter" : `${totalWeight} voters`;
  return `GRANDPA, ${who}${isVoter ? ", this node among them" : ""}`;
}

interface EndowedAccount {
  readonly name: string;
  readonly uri: string;
  readonly account: Uint8Array;
  readonly amount: bigint;
}

/** The well-known accounts that the chain endows, with the secrets that everybody knows. */
function endowedAccounts(spec: NodeConfiguration["spec"]): EndowedAccount[] {
  if (spec.genesis.kind !== "built" || spec.chainType === "Live") return [];
  const balances = new Map(
    spec.genesis.genesis.balances.map(([who, amount]) => [bytesToHex(who), amount]),
  );
  return WELL_KNOWN_ACCOUNTS.flatMap(({name, uri, sr25519: account}) => {
    const amount = balances.get(bytesToHex(account));
    return amount === undefined ? [] : [{name, uri, account, amount}];
  });
}

function accountLines({spec}: NodeConfiguration, prefix: Ss58Prefix): string[] {
  const unit = unitOf(spec.properties);
  const endowed = endowedAccounts(spec).map(({name, uri, account, amount}) => {
    const isSudo = name === "Alice" ? "  (sudo)" : "";
    return `    ${uri.padEnd(16)} ${encodeSs58(account, prefix)}  ${amountText(amount, unit)}${isSudo}`;
  });
  return endowed.length === 0 ? [] : [row("accounts", "secrets that everybody knows"), ...endowed];
}
