/** The reference page of the JSON-RPC, out of the node's own OpenRPC document. */
export interface OpenRpc {
  readonly methods: readonly OpenRpcMethod[];
}

interface OpenRpcMethod {
  readonly name: string;
  readonly params: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly description?: string;
  }[];
  readonly result: {readonly description?: string; readonly schema: {readonly type?: string}};
  readonly "x-unsafe": boolean;
  readonly "x-aliases": readonly string[];
  readonly "x-subscription"?: {
    readonly notification: string;
    readonly item: string;
    readonly unsubscribe: string;
  };
}

const HEAD = `# JSON-RPC

All methods of a node on a dev chain; \`rpc_methods\` lists those of yours, and \`rpc.discover\` describes them to programs
(OpenRPC). Generated from what a running node says: \`UPDATE_DOCS=1 node scripts/test.js tests/e2e/rpc-reference.test.ts\`.

HTTP (POST) and WebSocket share one port, 9944. Parameters go by position; those in brackets may be left out at the end or
be \`null\`, and a block left out is the best one. **U** marks what is unsafe in a stranger's hands: it is refused from other
machines, and with \`--rpc-methods safe\` everywhere but at the local socket, \`rpc.sock\` in the chain's folder:
\`curl --unix-socket rpc.sock -H 'content-type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"author_rotateKeys"}' http://localhost\`.

\`GET /health\` answers 200 while the node runs, \`/health/readiness\` while it is of use to clients, \`/health/authoring\` while
it makes its blocks; otherwise 503, with the reason.
`;

export function rpcReference({methods}: OpenRpc): string {
  const unsubscribing = new Set(methods.map(method => method["x-subscription"]?.unsubscribe));
  const shown = methods.filter(({name}) => !unsubscribing.has(name));
  const groups = new Map<string, OpenRpcMethod[]>();
  for (const method of shown) {
    const group = method.name.split(/[_.]/, 1)[0]!;
    groups.set(group, [...(groups.get(group) ?? []), method]);
  }
  const sections = [...groups].map(
    ([group, members]) =>
      `## ${group}\n\n| method | answer |\n|---|---|\n${members.map(row).join("\n")}\n`,
  );
  return [HEAD, ...sections].join("\n");
}

function row(method: OpenRpcMethod): string {
  const {name, params, result} = method;
  const given = params.map(param => (param.required ? param.name : `[${param.name}]`)).join(", ");
  const unsafe = method["x-unsafe"] ? " **U**" : "";
  const aliases = method["x-aliases"].map(alias => `<br>also \`${alias}\``).join("");
  const subscription = method["x-subscription"];
  const answer =
    subscription === undefined
      ? cell(result.description ?? "")
      : `subscription; \`${subscription.notification}\`: ${cell(subscription.item)}; ends with \`${subscription.unsubscribe}\``;
  return `| \`${name}(${given})\`${unsafe}${aliases} | ${answer} |`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
