import {bytesToHex, type Clock, type Logger, millis} from "#base";
import type {MadeBlock} from "#core";
import type {NodeConfiguration, RunningNode} from "#node";

/** Who logs so. Substrate's scripts know the words of a line, not where it is from. */
const TARGET = "substrate";

/** Substrate's informant speaks as often (`sc-informant`). */
const INTERVAL = 5_000;

/** What Substrate's informant looks at. */
export interface Standing {
  readonly best: {readonly number: number; readonly hash: Uint8Array};
  readonly finalized: {readonly number: number; readonly hash: Uint8Array};
  readonly peers: number;
  /** Where it is catching up to; undefined while it is not. */
  readonly target: number | undefined;
}

/** As Substrate shortens hashes: `0x1234…abcd`. */
export function shortHash(hash: Uint8Array): string {
  const hex = bytesToHex(hash);
  return `${hex.slice(0, 6)}…${hex.slice(-4)}`;
}

/** The line every five seconds. How much went over the network is not counted, and so not said. */
export function informantLine(now: Standing, before: Standing | undefined): string {
  const {best, finalized, peers, target} = now;
  const places = `best: #${best.number} (${shortHash(best.hash)}), finalized #${finalized.number} (${shortHash(finalized.hash)})`;
  if (target === undefined) return `💤 Idle (${peers} peers), ${places}`;
  const blocks = Math.max(0, best.number - (before?.best.number ?? best.number));
  const pace = ((blocks * 1_000) / INTERVAL).toFixed(1).padStart(4);
  return `⚙️  Syncing ${pace} bps, target=#${target} (${peers} peers), ${places}`;
}

/** `isBest`: it is the new head, not one beside it. */
export const importedLine = (
  number: number,
  parent: Uint8Array | undefined,
  hash: Uint8Array,
  isBest: boolean,
): string =>
  `${isBest ? "🏆" : "🆕"} Imported #${number} (${parent === undefined ? "" : `${shortHash(parent)} → `}${shortHash(hash)})`;

export const preparedLine = ({number, hash, transactions, took}: MadeBlock): string =>
  `🎁 Prepared block for proposing at ${number} (${Math.round(took)} ms) hash: ${bytesToHex(hash)}; extrinsics_count: ${transactions}`;

/** What people's scripts look for in a node's first lines. */
export function firstLines(
  {spec, name, collator, basePath, version}: NodeConfiguration,
  node: RunningNode,
): string[] {
  const peerId = node.listenAddresses()[0]?.split("/p2p/")[1];
  return [
    "khala",
    `✌️  version ${version}`,
    `📋 Chain specification: ${spec.name}`,
    `🏷  Node name: ${name}`,
    `👤 Role: ${collator ? "AUTHORITY" : "FULL"}`,
    `💾 Database at ${basePath}`,
    `🔨 Genesis block ${bytesToHex(node.chain.genesisHash)}`,
    ...(peerId === undefined ? [] : [`🏷  Local node identity is: ${peerId}`]),
    `Running JSON-RPC server: addr=${node.rpc.host}:${node.rpc.port}`,
  ];
}

/** Logs what the node does by the lines that scripts for Substrate's nodes look for, until `signal` is given. */
export function logAsSubstrate(
  node: RunningNode,
  logger: Logger,
  clock: Clock,
  signal: AbortSignal,
): void {
  const say = (line: string) => logger.log("info", TARGET, line);
  node.onBlockMade(block => say(preparedLine(block)));
  node.chain.on("import", ({number, hash, isBest}) => {
    const parent = node.chain.header(hash)?.parentHash;
    say(importedLine(number, parent, hash, isBest));
  });
  void inform(() => standingOf(node), say, clock, signal);
}

function standingOf({chain, core}: RunningNode): Standing {
  const {membership} = core;
  return {
    best: chain.best(),
    finalized: chain.finalized(),
    peers: membership?.peers() ?? 0,
    target: membership?.isMajorSyncing() === true ? membership.syncTarget() : undefined,
  };
}

/** Ends with the signal. */
export async function inform(
  standing: () => Standing,
  say: (line: string) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let before: Standing | undefined;
  while (!signal.aborted) {
    try {
      await clock.until(millis(clock.now() + INTERVAL), signal);
    } catch {
      return;
    }
    const now = standing();
    say(informantLine(now, before));
    before = now;
  }
}
