import {formatReport} from "#base";
import {steadyClock} from "#core";
import {answer} from "../answer.ts";
import {FAILURE, SUCCESS, USAGE} from "../command.ts";
import {endSignals} from "../end-signals.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {reportUncaught} from "../report-uncaught.ts";
import {stopInTime} from "../stop-in-time.ts";
import {table} from "../table.ts";
import {startInProcess} from "./in-process.ts";
import {readNetOptions} from "./net-options.ts";
import {type NetPlan, planNet} from "./net-plan.ts";
import {startProcesses} from "./processes.ts";
import {registerCandidates} from "./register-candidates.ts";
import type {NetNode, NetOutput} from "./running-net.ts";
import {watchNet} from "./watch-net.ts";

/** Runs a network until it is told to stop. */
export async function runNet(values: FlagValues, terminal: Terminal): Promise<number> {
  const options = readNetOptions(values);
  if (!options.ok) {
    terminal.stderr(formatReport(options.error));
    return USAGE;
  }
  const plan = await planNet(options.value);
  if (!plan.ok) {
    terminal.stderr(formatReport(plan.error));
    return FAILURE;
  }
  for (const warning of plan.value.warnings) terminal.stderr(`warning: ${warning}`);
  let end!: (code: number) => void;
  const ended = new Promise<number>(resolve => {
    end = resolve;
  });
  // A second one ends the process at once.
  const starting = new AbortController();
  for (const signal of endSignals()) {
    process.once(signal, () => {
      starting.abort(new Error("ended before all nodes were up"));
      end(SUCCESS);
    });
  }
  const output: NetOutput = {
    line: terminal.stderr,
    broken(text) {
      terminal.stderr(text);
      end(FAILURE);
    },
  };
  reportUncaught(report => output.broken(formatReport(report)));
  const start = options.value.processes ? startProcesses : startInProcess;
  const net = await start(plan.value, options.value, output, starting.signal);
  if (!net.ok) {
    terminal.stderr(net.error);
    return starting.signal.aborted ? SUCCESS : FAILURE;
  }
  const {nodes, stop} = net.value;
  try {
    const watch = await watchNet(nodes, output);
    const withDashboards = options.value.node.rpc.dashboard === true;
    answer(
      terminal,
      values,
      netJson(plan.value, nodes, withDashboards),
      netLines(plan.value, nodes, withDashboards, terminal.columns),
    );
    registerCandidates(nodes).catch((error: unknown) => output.line(String(error)));
    const code = await ended;
    watch.stop();
    return code;
  } finally {
    await stopInTime(stop, steadyClock, terminal);
  }
}

function netLines(
  {spec, headline}: NetPlan,
  nodes: readonly NetNode[],
  withDashboards: boolean,
  columns: number | undefined,
): string[] {
  const width = Math.max(...nodes.map(({name}) => name.length));
  return [
    `${spec.name}: ${nodes.length} nodes, ${headline}`,
    ...table(
      ["node", "secret", "address", "RPC", "is"],
      nodes.map(({name, uri, address, url, role}) => [name, uri, address, url, role]),
      {columns},
    ),
    ...(withDashboards
      ? nodes.map(({name, url}) => `dashboard of ${name.padEnd(width)}  ${dashboardOf(url)}`)
      : []),
    "ready; Ctrl-C ends all",
  ];
}

const netJson = (
  {spec, headline}: NetPlan,
  nodes: readonly NetNode[],
  withDashboards: boolean,
) => ({
  name: spec.name,
  id: spec.id,
  headline,
  nodes: nodes.map(({name, uri, address, url, role}) => ({
    name,
    uri,
    address,
    url,
    role,
    dashboard: withDashboards ? dashboardOf(url) : null,
  })),
});

/** The page is at the port of the RPC. */
const dashboardOf = (url: string): string => `${url.replace(/^ws:/, "http:")}/`;
