/**
 * `khala dev` and `khala --chain …`: runs a node until it is told to stop. Start-up prints what matters, then there
 * is a line a block. SIGINT, SIGTERM and a terminal that is closed stop it cleanly, within a deadline.
 */

import {rmSync} from "node:fs";
import {bytesToHex, formatReport, ok, type Report} from "#base";
import {fatalReport, steadyClock, systemClock} from "#core";
import {createConsoleLogger, type RunningNode, startNode} from "#node";
import {JSON_FLAG} from "../answer.ts";
import {type Command, FAILURE, SUCCESS, USAGE} from "../command.ts";
import {endSignals} from "../end-signals.ts";
import {endWithParent} from "../end-with-parent.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {netOverChannel} from "../net-channel.ts";
import {reportUncaught} from "../report-uncaught.ts";
import {type Layers, withOrigin} from "../settings/layers.ts";
import {stopInTime} from "../stop-in-time.ts";
import {AFTER_DASHES, SUBSTRATE_FLAGS} from "../substrate/index.ts";
import {DEV_FLAGS, WATCH_FLAG} from "./dev-flags.ts";
import {greeting, greetingJson} from "./greeting.ts";
import {NODE_FLAGS} from "./node-flags.ts";
import {readConfiguration} from "./read-configuration.ts";
import {readyDevChain} from "./ready-dev-chain.ts";
import {firstLines, logAsSubstrate} from "./substrate-log.ts";
import {watchCode} from "./watch-code.ts";

async function run(
  values: FlagValues,
  terminal: Terminal,
  dev: boolean,
  layers: Layers | undefined,
): Promise<number> {
  const read = readConfiguration(values, {dev});
  if (!read.ok) {
    const report = layers === undefined ? read.error : withOrigin(read.error, layers);
    terminal.stderr(formatReport(report));
    return read.error.code.startsWith("flag-") || read.error.code === "chain-missing"
      ? USAGE
      : FAILURE;
  }
  if (values.has("watch") && !values.has("code")) {
    const what = "--watch: which file?";
    terminal.stderr(
      formatReport({code: "flag-invalid", what, did: "nothing", todo: "name it: --code FILE"}),
    );
    return USAGE;
  }
  const {warnings, log} = read.value;
  const ready = dev
    ? await readyDevChain(read.value.node, values.one("chain") ?? "", values)
    : ok({configuration: read.value.node, line: undefined});
  if (!ready.ok) {
    const {throwAway, basePath} = read.value.node;
    if (throwAway) rmSync(basePath, {recursive: true, force: true});
    terminal.stderr(formatReport(ready.error));
    return FAILURE;
  }
  const {configuration, line} = ready.value;
  if (line !== undefined) terminal.stderr(line);
  const logger = createConsoleLogger({...log, clock: systemClock, write: terminal.stderr});
  for (const warning of warnings) logger.log("warn", "chain-spec", warning);

  let end!: (code: number) => void;
  const ended = new Promise<number>(resolve => {
    end = resolve;
  });
  let isOver = false;
  const onFatal = (report: Report) => {
    // The first is the cause of those that follow.
    if (!isOver) terminal.stderr(formatReport(report));
    isOver = true;
    end(FAILURE);
  };
  reportUncaught(onFatal);
  let forget = () => {};
  endWithParent(forgetting => {
    forget = forgetting;
    end(SUCCESS);
  });
  const started = await startNode(configuration, {
    clock: steadyClock,
    wallClock: systemClock,
    logger,
    logFilter: log.filter,
    onFatal,
    net: netOverChannel(process.env),
  });
  if (!started.ok) {
    terminal.stderr(started.error);
    return FAILURE;
  }
  const node = started.value;
  try {
    if (values.has("json")) terminal.stdout(JSON.stringify(greetingJson(configuration, node)));
    else if (log.format === "text")
      for (const line of greeting(configuration, node)) terminal.stdout(line);
    else if (log.format === "json") logStart(node, logger);
    else for (const line of firstLines(configuration, node)) logger.log("info", "substrate", line);
  } catch (error) {
    // Its first lines ask the state what root may have spoilt.
    onFatal(fatalReport(error));
  }
  const running = new AbortController();
  if (log.format === "substrate") logAsSubstrate(node, logger, steadyClock, running.signal);
  else
    node.onBlockMade(({number, hash, transactions, took}) => {
      logger.log("info", "block", `#${number} ${bytesToHex(hash)}`, {
        transactions,
        ms: Math.round(took),
      });
    });
  for (const signal of endSignals()) process.once(signal, () => end(SUCCESS));

  const watching = new AbortController();
  const watched = values.has("watch") ? values.one("code") : undefined;
  if (watched !== undefined) {
    const {takeOver} = await import("../upgrade/take-over.ts");
    watchCode(watched, node, {takeOver, terminal, signal: watching.signal}).catch(
      (error: unknown) => onFatal(fatalReport(error)),
    );
  }

  const code = await ended;
  watching.abort(new Error("stopping"));
  running.abort(new Error("stopping"));
  await stopInTime(() => node.stop(), steadyClock, terminal);
  forget();
  // What failed only while it stopped counts as well.
  return isOver ? FAILURE : code;
}

function logStart(node: RunningNode, logger: ReturnType<typeof createConsoleLogger>): void {
  logger.log("info", "khala", "started", {
    genesis: node.chain.genesisHash,
    rpc: `ws://${node.rpc.host}:${node.rpc.port}`,
    best: node.chain.best().number,
    session: node.session.current().index,
  });
}

export const devCommand: Command = {
  name: "dev",
  summary: "run a dev chain: Alice authors, thrown away at the end unless --base-path is given",
  examples: [
    ["khala dev", "a chain on ws://127.0.0.1:9944, gone at the end"],
    ["khala dev --seal instant", "a block as soon as a transaction waits"],
    ["khala dev --base-path /tmp/mine", "kept, and gone on with at the next start"],
    ["khala dev --chain khala.json", "another chain's own runtime, in your hands"],
  ],
  usage: "[FLAGS]",
  flags: [...NODE_FLAGS, ...DEV_FLAGS, WATCH_FLAG, JSON_FLAG],
  foreign: SUBSTRATE_FLAGS,
  afterDashes: AFTER_DASHES,
  leaves: true,
  run: (values, terminal, layers) => run(values, terminal, true, layers),
};

export const runCommand: Command = {
  name: "",
  summary: "run a node",
  examples: [
    [
      "khala --chain local --alice --base-path /tmp/alice",
      "the first node of a network on this machine",
    ],
    ["khala --chain SPEC --collator --bootnodes ADDRESS", "a collator of a chain"],
    ["khala --config khala.toml", "all settings from a file"],
  ],
  usage: "--chain SPEC [FLAGS]",
  flags: [...NODE_FLAGS, JSON_FLAG],
  foreign: SUBSTRATE_FLAGS,
  afterDashes: AFTER_DASHES,
  leaves: true,
  run: (values, terminal, layers) => run(values, terminal, values.has("dev"), layers),
};
