/** What a line says by its colour, where there are colours; its words say it as well. */
export type Tone = "good" | "waiting" | "bad";
export type Line = string | {readonly text: string; readonly tone: Tone};

/** What a command may touch of the world outside its options. */
export interface Terminal {
  /** What was asked for, and nothing else. */
  stdout(line: string, tone?: Tone): void;
  /** What is said on the way, and what went wrong. */
  stderr(line: string): void;
  /** Characters in a line of standard output; undefined where nobody looks at it on a screen. */
  readonly columns?: number | undefined;
  /**
   * To standard error: one line that is written over by the next, on a screen. In a file there are none of these, so that a line is
   * written only where `stage` is another than the last one's.
   */
  progress?(line: string, stage: string): void;
  /** Draws these over the ones drawn before. False where there is no screen, or not enough of it: nothing is drawn. */
  redraw?(lines: readonly Line[]): boolean;
  /** To standard output, as it is. */
  raw(bytes: Uint8Array): void;
  /** All of standard input, as it came. */
  readBytes(): Promise<Uint8Array>;
  /** The same as text. */
  readStdin(): Promise<string>;
}

export const SUCCESS = 0;
export const FAILURE = 1;
/** The command line is at fault. */
export const USAGE = 2;

/** Says what is wrong and what to do about it. */
export function refuse(
  io: Terminal,
  code: string,
  what: string,
  remedy: string,
  exitCode = FAILURE,
): number {
  io.stderr(`${code}: ${what}`);
  io.stderr(`  do  ${remedy}`);
  return exitCode;
}
