import {type Ask, RpcFailure} from "../rpc-client.ts";
import {type Tool, ToolFault} from "./tool.ts";

interface DescribedParam {
  readonly name: string;
  readonly required: boolean;
  readonly schema: object;
  readonly description: string;
}

/** A method in the document that `rpc.discover` answers (`rpc/open-rpc`). */
export interface DescribedMethod {
  readonly name: string;
  readonly params: readonly DescribedParam[];
  readonly result: {readonly description?: string};
  readonly "x-unsafe": boolean;
  readonly "x-secretive"?: boolean;
  readonly "x-subscription"?: {readonly unsubscribe: string};
}

export interface MethodToolsOptions {
  readonly ask: Ask;
  /** Whether unsafe methods are tools. */
  readonly allowsUnsafe: boolean;
  /** Asked before an unsafe one is called; throws where it may not be. */
  readonly beforeUnsafe: () => Promise<void>;
}

/** What the protocol lets a tool be called. */
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
/** Operations of these belong to a subscription that the same client holds. */
const OF_A_SUBSCRIPTION = /^chainHead_/;
/** Safe methods that hand something on to the chain; of the unsafe ones each may change something. */
const WRITES = /^(author_submitExtrinsic|transaction_v1_)/;
/** Tools of these are of use to a client that knows no other way to find out. */
const LISTS = new Set(["rpc_methods", "rpc.discover"]);

/** The node's methods that an assistant may call, as tools: what is secret is never among them. */
export function methodTools(
  methods: readonly DescribedMethod[],
  {ask, allowsUnsafe, beforeUnsafe}: MethodToolsOptions,
): Tool[] {
  const unsubscribing = new Set(methods.map(method => method["x-subscription"]?.unsubscribe));
  return methods
    .filter(
      method =>
        TOOL_NAME.test(method.name) &&
        !LISTS.has(method.name) &&
        !OF_A_SUBSCRIPTION.test(method.name) &&
        method["x-subscription"] === undefined &&
        !unsubscribing.has(method.name) &&
        // A node that does not say which have to do with secrets is of another release: then none that is unsafe counts.
        method["x-secretive"] !== true &&
        (!method["x-unsafe"] || (allowsUnsafe && method["x-secretive"] === false)),
    )
    .map(method => toolOf(method, ask, beforeUnsafe));
}

function toolOf(
  {name, params, result, "x-unsafe": isUnsafe}: DescribedMethod,
  ask: Ask,
  beforeUnsafe: () => Promise<void>,
): Tool {
  return {
    name,
    description: `JSON-RPC method ${name}. Answers ${result.description ?? "JSON"}.`,
    inputSchema: {
      type: "object",
      properties: Object.fromEntries(
        params.map(({name: param, schema, description}) => [param, {...schema, description}]),
      ),
      required: params.filter(({required}) => required).map(param => param.name),
      additionalProperties: false,
    },
    writes: isUnsafe || WRITES.test(name),
    async call(input) {
      if (isUnsafe) await beforeUnsafe();
      try {
        return await ask(name, ...positional(params, input));
      } catch (error) {
        if (error instanceof RpcFailure) throw new ToolFault(error.message);
        throw error;
      }
    },
  };
}

/** By position, as the node takes them; what is left out at the end is left out. */
function positional(
  params: readonly DescribedParam[],
  input: Readonly<Record<string, unknown>>,
): unknown[] {
  const last = params.findLastIndex(({name}) => input[name] !== undefined);
  return params.slice(0, last + 1).map(({name}) => input[name] ?? null);
}
