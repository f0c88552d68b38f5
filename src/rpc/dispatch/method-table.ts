import {invariant, ok} from "#base";
import {type Method, method, type Subscription} from "../declare/index.ts";

export type Declaration = Method | Subscription;

export type TableEntry =
  | {readonly kind: "call"; readonly method: Method}
  | {readonly kind: "subscribe"; readonly subscription: Subscription}
  | {readonly kind: "unsubscribe"; readonly subscription: Subscription};

/** Every name that the server answers to. */
export interface MethodTable {
  readonly names: readonly string[];
  get(name: string): TableEntry | undefined;
}

/** The table of these declarations, and of `rpc_methods`, which lists them all. */
export function createMethodTable(declarations: readonly Declaration[]): MethodTable {
  const entries = new Map<string, TableEntry>();
  const add = (name: string, entry: TableEntry) => {
    invariant(!entries.has(name), `${name} is declared once`);
    entries.set(name, entry);
  };
  const names: string[] = [];
  const rpcMethods = method({
    name: "rpc_methods",
    params: [],
    result: "{methods: [name]}",
    handle: () => ok({methods: names}),
  });
  for (const declaration of [...declarations, rpcMethods]) {
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
