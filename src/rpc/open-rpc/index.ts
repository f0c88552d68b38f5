/**
 * The methods as an OpenRPC document, which `rpc.discover` answers: made of the declarations, so that it says what is there.
 *
 * Out of scope: prose; docs/rpc.md has it.
 */
import type {Declaration, JsonSchema, Method, Param, Subscription} from "../declare/index.ts";
import type {NodeInfo} from "../questions/node-info.ts";

/** The version of the OpenRPC specification that the document keeps to (https://spec.open-rpc.org). */
const OPEN_RPC = "1.3.2";

interface Described {
  readonly name: string;
  readonly params: readonly object[];
  readonly result: object;
  readonly [extension: string]: unknown;
}

/**
 * What the server can do, for programs: an OpenRPC document made from the declarations that also check parameters
 * and dispatch calls, so that it cannot say anything else. What OpenRPC has no word for is under `x-`: other names of
 * a method, whether it is unsafe or has to do with secrets, what a subscription sends.
 */
export function openRpcDocument(
  declarations: readonly Declaration[],
  node: Pick<NodeInfo, "name" | "version">,
): unknown {
  const methods = declarations.flatMap(declaration =>
    declaration.kind === "method" ? [ofMethod(declaration)] : ofSubscription(declaration),
  );
  methods.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    openrpc: OPEN_RPC,
    info: {
      title: `${node.name} JSON-RPC`,
      version: node.version,
      description: "Substrate's methods and those of this node. Parameters go by position.",
    },
    methods,
  };
}

function ofMethod({name, aliases, unsafe, secretive, params, result}: Method): Described {
  return {
    name,
    paramStructure: "by-position",
    params: paramsOf(params),
    result: resultOf(result),
    ...tagsOf(name),
    "x-unsafe": unsafe,
    "x-secretive": secretive,
    "x-aliases": aliases,
  };
}

function ofSubscription(declaration: Subscription): Described[] {
  const {name, aliases, unsafe, params, notification, item} = declaration;
  const {unsubscribe, unsubscribeAliases, unsubscribed} = declaration;
  const answer =
    unsubscribed === "null"
      ? {type: "null"}
      : {type: "boolean", description: "whether it was open"};
  return [
    {
      name,
      paramStructure: "by-position",
      params: paramsOf(params),
      result: {name: "subscription", schema: {type: "string"}},
      ...tagsOf(name),
      "x-unsafe": unsafe,
      "x-aliases": aliases,
      "x-subscription": {notification, item, unsubscribe},
    },
    {
      name: unsubscribe,
      paramStructure: "by-position",
      params: [{name: "subscription", required: true, schema: {type: "string"}}],
      result: {name: "result", schema: answer},
      ...tagsOf(unsubscribe),
      "x-unsafe": false,
      "x-aliases": unsubscribeAliases,
    },
  ];
}

/** One before another that has to be given has to be given itself, as null. */
const paramsOf = (params: readonly Param<unknown>[]): object[] => {
  const lastRequired = params.findLastIndex(({optional}) => !optional);
  return params.map((param, i) => paramOf(param, i <= lastRequired));
};

const paramOf = (
  {name, optional, expected, schema}: Param<unknown>,
  required: boolean,
): object => ({
  name,
  required,
  schema: optional ? {anyOf: [schema, {type: "null"}]} : schema,
  description: expected,
});

/** Results are described in words: they are data for a client's own types. */
const resultOf = (words: string): {name: string; description: string; schema: JsonSchema} => ({
  name: "result",
  description: words,
  schema: {description: words},
});

/** The group: what stands before the first `_`. */
const tagsOf = (name: string): {tags: object[]} => ({tags: [{name: name.split(/[_.]/, 1)[0]}]});
