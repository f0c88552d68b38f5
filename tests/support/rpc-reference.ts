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
A node of \`khala net\` has one more, \`khala_netNodes()\`: name, URL, address and role of each node of that network, and as it said
when it was last heard best and final block, peers, verdict, blocks of this session; since when it is gone, or null.

HTTP (POST) and WebSocket share one port, 9944. Parameters go by position in a list, or by name in an object (\`{"key": "0x"}\`,
\`startKey\` or \`start_key\`); those in brackets may be left out or be \`null\`, and a block left out is the best one. **U** marks what is unsafe in a stranger's hands: it is refused from other
machines, and with \`--rpc-methods safe\` everywhere but at the local socket, \`rpc.sock\` in the chain's folder:
\`curl --unix-socket rpc.sock -H 'content-type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"author_rotateKeys"}' http://localhost\`.

\`GET /health\` answers 200 while the node runs, \`/health/readiness\` while it is of use to clients, \`/health/authoring\` while
it makes its blocks; otherwise 503, with the reason.

Whatever is refused is answered as JSON-RPC, over HTTP under the status that fits; an id comes back as it was sent.

| limit | of whom | beyond it |
|---|---|---|
| 15 MiB (\`--rpc-max-request-size\`), 262,144 values | a request | -32007; a WebSocket lives on, HTTP has status 413 |
| 15 MiB (\`--rpc-max-response-size\`) | an answer | -32008 |
| 1,000 (\`--rpc-max-batch-request-len\`) | a batch | -32010 |
| 1,024 (\`--rpc-max-subscriptions-per-connection\`) | a connection's subscriptions | -32006 |
| 32,768 | storage keys that a connection follows | -32602 |
| 100 (\`--rpc-max-connections\`), fewer where the process may open few files | connections | who has been idle for 5 s makes way, else status 429 |
| 80 MiB of requests, 16 MiB of them for those up to 64 KiB | all clients together | -32009 (HTTP: status 503) for the longest that is arriving |
| 96 MiB of answers, 32 MiB of them for who leaves little unread | all clients together | -32009 for a batch; who reads slowest is cut off |
| 64 MiB of followed keys (each counts as 512 bytes more), 16,384 subscriptions | all clients together | -32009; a few can always be had |
| 10 s | the headers of a request | status 408 |
| 20 KiB in 5 s, after the first 5 to 10, and 5 minutes | the body of a request | status 408; a WebSocket is closed |
| 64 bytes on average, after the first 4,096 | the chunks of a body | status 400 |
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
