import type {Flag, FlagValues, ForeignFlag} from "./flags/index.ts";
import type {Terminal} from "./key/index.ts";
import type {Layers} from "./settings/layers.ts";

/** A whole command line, as typed, and what it is for. Words in capitals stand for something of the reader's. */
export type Example = readonly [line: string, what: string];

/** One command of the program. */
export interface Command {
  /** As typed: `build-spec`, `key inspect`. */
  readonly name: string;
  readonly summary: string;
  /** Shown in its help, the commonest first. */
  readonly examples: readonly Example[];
  /** What follows the name in help, if anything does. */
  readonly usage?: string;
  /** How many arguments it needs; none where nothing is said. */
  readonly least?: number;
  /** How many arguments it takes beside flags; none where nothing is said. */
  readonly most?: number;
  readonly flags: readonly Flag[];
  /** Flags of other programs that it answers in a line. */
  readonly foreign?: readonly ForeignFlag[];
  /** Why what stands behind `--` is of no effect, for commands where it is. */
  readonly afterDashes?: string;
  /** It tells of what is wrong with the settings itself, instead of not being run. */
  readonly takesFaults?: true;
  /** When it answers, all that it began is over, and the process may end at once. */
  readonly leaves?: true;
  /** Answers the exit code. `layers`: where the values are from, for commands that take `--config`. */
  run(values: FlagValues, terminal: Terminal, layers: Layers | undefined): Promise<number>;
}

/** Exit codes: a wrong command line, and everything else that went wrong. */
export const USAGE = 2;
export const FAILURE = 1;
export const SUCCESS = 0;
