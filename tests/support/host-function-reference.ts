import type {HostFunction} from "#wasm-runtime";

const ANSWERS: Readonly<Record<HostFunction["answer"], string>> = {
  nothing: "",
  i32: "u32",
  i64: "u64",
  span: "bytes",
  address: "bytes of a known length",
};

/** What the names do not say. */
const NOTES: Readonly<Partial<Record<HostFunction["group"], string>>> = {
  tries:
    "A proof is one as trie-db makes them: the nodes on the way, without what follows from the rest of them.",
  signatures:
    "Version 1 of sr25519 ends the call over signatures of before schnorrkel marked its own (2019); others it checks.",
  keys: "For a call that makes session keys; any other is ended.",
  tracing: "Nobody listens: a runtime is told so, and makes no spans.",
  indexing:
    "What a runtime notes for off-chain workers and of transactions to be kept is taken and dropped: this program has no database for either. The size of a proof is the greatest number where none is recorded, as on every node of a chain that stands alone.",
  "off-chain": "For off-chain workers, which this program does not run: any other call is ended.",
};

/** docs/host-functions.md, from the table by which runtimes are given their imports. */
export function hostFunctionReference(functions: readonly HostFunction[]): string {
  const groups = [...new Set(functions.map(({group}) => group))];
  const rows = (group: HostFunction["group"]) =>
    functions
      .filter(one => one.group === group)
      .map(({name, params, answer}) => {
        const taken = params.map(({words}) => words).join(", ");
        return `| \`${name}\` | ${taken} | ${ANSWERS[answer]} |`;
      });
  const sections = groups.map(group =>
    [
      `## ${group[0]!.toUpperCase()}${group.slice(1)}`,
      "",
      ...(NOTES[group] === undefined ? [] : [NOTES[group], ""]),
      "| function | takes | answers |",
      "|---|---|---|",
      ...rows(group),
      "",
    ].join("\n"),
  );
  return [
    "# Host functions",
    "",
    "What a runtime that was built for Substrate may import here (`src/wasm-runtime/host`). Of anything else that it imports it",
    "is told by name when that is called, which ends the call (`ext_statement_store_*` and `ext_sandbox_*` are among it). Names are",
    "upstream's, and so is what each does; a span of bytes crosses as one number of 64 bits.",
    "",
    "Made of the table itself: `UPDATE_DOCS=1 node scripts/test.js tests/structure/host-functions.test.ts`.",
    "",
    ...sections,
  ].join("\n");
}
