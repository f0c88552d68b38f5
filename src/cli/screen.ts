import type {Line, Terminal, Tone} from "./key/terminal.ts";

const ESCAPE = "\x1b[";

/** SGR parameters (ECMA-48 §8.3.117): of the eight first colours, which every theme has readable. */
const COLOURS: Readonly<Record<Tone, number>> = {good: 32, waiting: 33, bad: 31};

/** Whether colours are shown: on a screen, unless somebody does not want them (no-color.org) or it has none. */
export function isColoured(
  isScreen: boolean,
  {NO_COLOR, TERM}: Readonly<Record<string, string | undefined>>,
): boolean {
  return isScreen && (NO_COLOR ?? "") === "" && TERM !== "dumb";
}

export const toned = (text: string, tone: Tone | undefined, coloured: boolean): string =>
  tone === undefined || !coloured ? text : `${ESCAPE}${COLOURS[tone]}m${text}${ESCAPE}0m`;

/**
 * What draws lines over the ones of before, from the top: each line is ended where it stops, and what was below goes. The first
 * time the screen is cleared. `undefined` where they do not fit, so that they have to scroll.
 */
export function drawnOver(
  lines: readonly string[],
  {rows, columns}: {readonly rows: number; readonly columns: number},
  isFirst: boolean,
): string | undefined {
  // A line that is too long goes on below.
  const taken = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
  if (taken >= rows) return undefined;
  const begin = isFirst ? `${ESCAPE}2J${ESCAPE}H` : `${ESCAPE}H`;
  return `${begin}${lines.map(line => `${line}${ESCAPE}K\n`).join("")}${ESCAPE}J`;
}

/** Facts that are told once. */
export function tell(terminal: Terminal, lines: readonly Line[]): void {
  for (const line of lines) {
    if (typeof line === "string") terminal.stdout(line);
    else terminal.stdout(line.text, line.tone);
  }
}

/** Facts that are told again and again: in their place on a screen, one below the other elsewhere. */
export function tellAgain(terminal: Terminal, lines: readonly Line[]): void {
  if (terminal.redraw?.(lines) === true) return;
  tell(terminal, [...lines, ""]);
}
