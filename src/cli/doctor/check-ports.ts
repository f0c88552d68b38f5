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

/** Ports that the node needs: free, or the running node's own. */
export async function checkPorts(patient: Patient): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const {flag, what, standard} of PORTS) {
    const port = Number(patient.values.one(flag) ?? standard);
    if (port === 0 || !Number.isInteger(port)) continue;
    findings.push(await checkPort(port, flag, what, patient));
  }
  return findings;
}

async function checkPort(
  port: number,
  flag: string,
  purpose: string,
  {link}: Patient,
): Promise<Finding> {
  const check = `port ${port}`;
  const refusal = await refusalOf(port);
  if (refusal === undefined) return {check, level: "ok", what: `free, for ${purpose}`};
  if (refusal !== "EADDRINUSE") {
    const what = `cannot be had for ${purpose} (${refusal})`;
    return {check, level: "bad", what, todo: `choose another one: --${flag}`};
  }
  const owner = portOwner(port);
  const by = owner === undefined ? "" : ` by ${owner}`;
  if (link !== undefined) {
    return {check, level: "ok", what: `in use${by}; a node runs, and it is meant for ${purpose}`};
  }
  const what = `wanted for ${purpose}, and in use${by}`;
  return {check, level: "warn", what, todo: `end that, or choose another one: --${flag}`};
}

/** The system's reason why a port cannot be listened at. */
function refusalOf(port: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, () => probe.close(() => resolve(undefined)));
  });
}
