const LABEL = 11;

/** A fact with its name, as the rest of the program prints them. */
export const row = (label: string, text: string): string => `  ${label.padEnd(LABEL)} ${text}`;

/** Keys, hashes and addresses (SS58 of 32 bytes has 46 characters and more), which people compare by their ends. */
const LONG = /0x[0-9a-f]{32,}|\b[1-9A-HJ-NP-Za-km-z]{46,}\b/g;
const KEPT = {before: 8, after: 6};

const shortened = (cell: string): string =>
  cell.replace(LONG, long => `${long.slice(0, KEPT.before)}…${long.slice(-KEPT.after)}`);

export interface TableShape {
  /** Columns that hold numbers. */
  readonly right?: readonly number[];
  /** Characters of the screen it is for; in a file, whose lines have no end, undefined. */
  readonly columns?: number | undefined;
}

/**
 * Columns as wide as their widest cell. Where that is more than the screen has, what is long and means nothing to a
 * person is shortened, since a table whose lines are broken is none: `--json`, or a pipe, gives it whole.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  {right = [], columns}: TableShape = {},
): string[] {
  const lines = drawn(head, rows, right);
  const widest = Math.max(...lines.map(line => line.length));
  if (columns === undefined || widest <= columns) return lines;
  return drawn(
    head,
    rows.map(cells => cells.map(shortened)),
    right,
  );
}

function drawn(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string[] {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map(cells => (cells[i] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd();
  return [line(head), ...rows.map(line)];
}
