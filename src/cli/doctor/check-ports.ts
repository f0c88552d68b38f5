import {createServer} from "node:net";
import type {Finding} from "./finding.ts";
import type {Patient} from "./patient.ts";
import {portOwner} from "./port-owner.ts";

/** Flags that name a port, what it is for, and which it is where nothing is said. */
const PORTS = [
  {flag: "port", what: "peers", standard: 30_333},
  {flag: "rpc-port", what: "RPC", standard: 9_944},
  {flag: "prometheus-port", what: "metrics", standard: 9_615},
] as const;

const LOCAL = ["127.0.0.1", "localhost", "[::1]"];

/** Ports that the node needs: free, or the running node's own. */
export async function checkPorts(patient: Patient): Promise<Finding[]> {
  const findings: Finding[] = [];
  const node = runningNode(patient);
  for (const {flag, what, standard} of PORTS) {
    const port = Number(patient.values.one(flag) ?? standard);
    if (port === 0 || !Number.isInteger(port)) continue;
    findings.push(await checkPort(port, flag, what, node));
  }
  return findings;
}

async function checkPort(
  port: number,
  flag: string,
  purpose: string,
  node: string | undefined,
): Promise<Finding> {
  const check = `port ${port}`;
  const refusal = await refusalOf(port);
  if (refusal === undefined) return {check, level: "ok", what: `free, for ${purpose}`};
  if (refusal !== "EADDRINUSE") {
    const what = `cannot be had for ${purpose} (${refusal})`;
    return {check, level: "bad", what, todo: `choose another one: --${flag}`};
  }
  const owner = portOwner(port);
  if (owner !== undefined && owner === node) {
    return {check, level: "ok", what: `the running node's, for ${purpose}`};
  }
  const by = owner === undefined ? "" : ` by ${owner}`;
  const other = node === undefined ? "" : ", which is not the node that runs";
  const what = `wanted for ${purpose}, and in use${by}${other}`;
  return {check, level: "warn", what, todo: `end that, or choose another one: --${flag}`};
}

/** Who listens where the node answered; undefined where none did, or on another machine. */
function runningNode({link}: Patient): string | undefined {
  if (link === undefined || !URL.canParse(link.place)) return undefined;
  const {hostname, port} = new URL(link.place);
  return LOCAL.includes(hostname) ? portOwner(Number(port)) : undefined;
}

/** The system's reason why a port cannot be listened at. */
function refusalOf(port: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, () => probe.close(() => resolve(undefined)));
  });
}
