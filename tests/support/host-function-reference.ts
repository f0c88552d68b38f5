import type {HostFunction} from "#wasm-runtime";

const ANSWERS: Readonly<Record<HostFunction["answer"], string>> = {
  nothing: "",
  i32: "u32",
  i64: "u64",
  span: "bytes",
  address: "bytes of a known length",
};

/** docs/host-functions.md, from the table by which runtimes are given their imports. */
export function hostFunctionReference(functions: readonly HostFunction[]): string {
  const groups = [...new Set(functions.map(({group}) => group))];
  const rows = (group: string) =>
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
    "is told by name when that is called, which ends the call. Names are upstream's, and so is what each does; a span of bytes",
    "crosses as one number of 64 bits.",
    "",
    "Made of the table itself: `UPDATE_DOCS=1 node scripts/test.js tests/structure/host-functions.test.ts`.",
    "",
    ...sections,
  ].join("\n");
}
