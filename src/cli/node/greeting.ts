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

/** The well-known accounts that the chain endows, with the secrets that everybody knows. */
function accountLines({spec}: NodeConfiguration, prefix: Ss58Prefix): string[] {
  if (spec.genesis.kind !== "built" || spec.chainType === "Live") return [];
  const balances = new Map(
    spec.genesis.genesis.balances.map(([who, amount]) => [bytesToHex(who), amount]),
  );
  const unit = unitOf(spec.properties);
  const endowed = WELL_KNOWN_ACCOUNTS.flatMap(({name, uri, sr25519}) => {
    const amount = balances.get(bytesToHex(sr25519));
    if (amount === undefined) return [];
    const address = encodeSs58(sr25519, prefix);
    const isSudo = name === "Alice" ? "  (sudo)" : "";
    return [`    ${uri.padEnd(16)} ${address}  ${amountText(amount, unit)}${isSudo}`];
  });
  return endowed.length === 0 ? [] : [row("accounts", "secrets that everybody knows"), ...endowed];
}
