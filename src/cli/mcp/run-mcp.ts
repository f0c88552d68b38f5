import {createNativeCrypto} from "#crypto-native";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {RpcFailure} from "../rpc-client.ts";
import {PROGRAM_VERSION} from "../version.ts";
import {ChainReader} from "./chain-reader.ts";
import {chainTools} from "./chain-tools.ts";
import {type DescribedMethod, methodTools} from "./method-tools.ts";
import {serveTools} from "./serve-tools.ts";
import {ToolFault} from "./tool.ts";

const DEVELOPMENT = "Development";

/** Serves the node's tools until the assistant closes standard input. */
export async function runMcp(
  link: NodeLink,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  const allowsUnsafe = values.has("allow-unsafe");
  let current = link;
  // A node that was started again is the same one to an assistant. What was on its way when it went is not asked again.
  const ask = async (method: string, ...params: readonly unknown[]) => {
    if (current.isGone) current = await NodeLink.open(values);
    return current.ask(method, ...params);
  };
  const chainType = async () => (await ask("system_chainType")) as string;
  if (allowsUnsafe) refuseOther(await chainType());
  const {methods} = await askMethods(link);
  const {hashing} = await createNativeCrypto();
  const tools = [
    ...chainTools(new ChainReader(ask, hashing)),
    ...methodTools(methods, {
      ask,
      allowsUnsafe,
      // Another chain may stand there by now.
      async beforeUnsafe() {
        const found = await chainType();
        if (found !== DEVELOPMENT) throw new ToolFault(`refused: the chain is of type ${found}`);
      },
    }),
  ];
  terminal.stderr(
    `khala mcp: ${tools.length} tools of the node at ${link.place}${allowsUnsafe ? ", unsafe ones among them" : ""}`,
  );
  const self = {name: "khala", version: PROGRAM_VERSION};
  const how = await serveTools(tools, self, text => terminal.stderr(`khala mcp: ${text}`));
  if (current !== link) current.close();
  return how === "ended" ? SUCCESS : FAILURE;
}

async function askMethods(link: NodeLink): Promise<{readonly methods: readonly DescribedMethod[]}> {
  try {
    return (await link.ask("rpc.discover")) as {readonly methods: readonly DescribedMethod[]};
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error;
    throw new DeskError({
      code: "node-foreign",
      what: `the node at ${link.place} does not say what its methods are (rpc.discover)`,
      todo: "point --url at a node of this program",
    });
  }
}

function refuseOther(chainType: string): void {
  if (chainType === DEVELOPMENT) return;
  throw new DeskError({
    code: "chain-not-dev",
    what: "--allow-unsafe is for chains that nothing is at stake on",
    facts: [["type", chainType]],
    todo: "leave it out, or use a dev chain: khala dev",
  });
}
