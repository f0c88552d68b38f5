/**
 * What goes to a person when something is not as it should be: what happened, the facts, what the program did
 * about it, what to do next.
 */
export interface Report {
  /** Stable name, e.g. `port-in-use`: what documentation and scripts refer to. */
  readonly code: string;
  readonly what: string;
  readonly facts?: readonly (readonly [label: string, value: string])[];
  readonly did?: string;
  readonly todo?: string;
}

/** Labels are short; longer ones push their value, nothing more. */
const LABEL_WIDTH = 9;

export function formatReport({code, what, facts = [], did, todo}: Report): string {
  const rows = [
    ...facts,
    ...(did === undefined ? [] : [["did", did] as const]),
    ...(todo === undefined ? [] : [["do", todo] as const]),
  ];
  const lines = rows.map(([label, value]) => `  ${label.padEnd(LABEL_WIDTH)} ${value}`);
  return [`${code}: ${what}`, ...lines].join("\n");
}
