import {invariant, ok} from "#base";
import {type Declaration, type Method, method, type Subscription} from "../declare/index.ts";
import {openRpcDocument} from "../open-rpc/index.ts";

export type TableEntry =
  | {readonly kind: "call"; readonly method: Method}
  | {readonly kind: "subscribe"; readonly subscription: Subscription}
  | {readonly kind: "unsubscribe"; readonly subscription: Subscription};

/** Every name that the server answers to. */
export interface MethodTable {
  readonly names: readonly string[];
  get(name: string): TableEntry | undefined;
}

/** The table of these declarations, of `rpc_methods`, which lists them all, and `rpc.discover`, which describes them. */
export function createMethodTable(declarations: readonly Declaration[]): MethodTable {
  const entries = new Map<string, TableEntry>();
  const add = (name: string, entry: TableEntry) => {
    invariant(!entries.has(name), `${name} is declared once`);
    entries.set(name, entry);
  };
  const names: string[] = [];
  let document: unknown;
  const rpcMethods = method({
    name: "rpc_methods",
    params: [],
    result: "{methods: [name]}",
    handle: () => ok({methods: names}),
  });
  const rpcDiscover = method({
    name: "rpc.discover",
    params: [],
    result: "this document: an OpenRPC description of every method",
    handle({node}) {
      document ??= openRpcDocument(all, node);
      return ok(document);
    },
  });
  const all = [...declarations, rpcMethods, rpcDiscover];
  for (const declaration of all) {
    for (const [name, entry] of entriesOf(declaration)) add(name, entry);
  }
  names.push(...[...entries.keys()].sort());
  return {names, get: name => entries.get(name)};
}

function entriesOf(declaration: Declaration): (readonly [string, TableEntry])[] {
  const named = (names: readonly string[], entry: TableEntry) =>
    names.map(name => [name, entry] as const);
  const {name, aliases} = declaration;
  if (declaration.kind === "method") {
    return named([name, ...aliases], {kind: "call", method: declaration});
  }
  const {unsubscribe, unsubscribeAliases} = declaration;
  return [
    ...named([name, ...aliases], {kind: "subscribe", subscription: declaration}),
    ...named([unsubscribe, ...unsubscribeAliases], {
      kind: "unsubscribe",
      subscription: declaration,
    }),
  ];
}
