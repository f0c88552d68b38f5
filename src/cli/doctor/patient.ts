import {readdirSync} from "node:fs";
import {join} from "node:path";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {StatusJson} from "../desk/status-json.ts";
import type {FlagValues} from "../flags/index.ts";
import {RpcFailure} from "../rpc-client.ts";

/** A local chain's slot, for comparison where neither node nor chain is known. */
const USUAL_SLOT = 2_000;

/** What is looked at: a machine, and the node on it if one runs. */
export interface Patient {
  readonly values: FlagValues;
  readonly basePath: string;
  /** Folders of chains below the base path. */
  readonly chains: readonly string[];
  readonly link: NodeLink | undefined;
  /** Somebody said which node is meant: that it is not there is bad. */
  readonly isPointed: boolean;
  /** Why there is no status. */
  readonly silence: string | undefined;
  readonly status: StatusJson | undefined;
  readonly slotDuration: number;
}

export async function meetPatient(values: FlagValues): Promise<Patient> {
  const basePath = basePathOf(values);
  let link: NodeLink | undefined;
  let status: StatusJson | undefined;
  let silence: string | undefined;
  try {
    link = await openLink(values);
    status = (await link.ask("collator_status")) as StatusJson;
  } catch (error) {
    if (error instanceof RpcFailure) silence = `the node refuses collator_status: ${error.message}`;
    else if (!(error instanceof DeskError)) throw error;
    else silence = silenceOf(error);
  }
  return {
    values,
    basePath,
    isPointed: NodeLink.isPointed(values),
    chains: foldersIn(join(basePath, "chains")),
    link,
    silence,
    status,
    slotDuration: status?.head.slotDuration ?? slotOfChain(values) ?? USUAL_SLOT,
  };
}

/** Who names a base path means the node that runs there; at the usual port may be another. */
async function openLink(values: FlagValues): Promise<NodeLink> {
  const named = ["url", "socket", "rpc-port", "rpc-socket"].some(flag => values.has(flag));
  if (named || !values.has("base-path")) return NodeLink.open(values);
  const own = await NodeLink.openBelowBasePath(values);
  if (own !== undefined) return own;
  throw new DeskError({
    code: "node-unreachable",
    what: `no node runs below ${basePathOf(values)}: none of its sockets answers`,
    todo: "start it, or say where it is: --url or --socket",
  });
}

function silenceOf({report}: DeskError): string {
  const reason = report.facts?.find(([label]) => label === "reason")?.[1];
  return `${report.what}${reason === undefined ? "" : ` (${reason})`}`;
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path).map(name => join(path, name));
  } catch {
    return [];
  }
}

function slotOfChain(values: FlagValues): number | undefined {
  if (!values.has("chain")) return undefined;
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) throw new DeskError(chosen.error);
  const {genesis} = chosen.value.spec;
  return genesis.kind === "built" ? Number(genesis.parameters.slotDuration) : undefined;
}
