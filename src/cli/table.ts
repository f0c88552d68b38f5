const LABEL = 11;

/** A fact with its name, as the rest of the program prints them. */
export const row = (label: string, text: string): string => `  ${label.padEnd(LABEL)} ${text}`;

/** Columns as wide as their widest cell; those named in `right` hold numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
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
