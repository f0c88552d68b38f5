export type Level = "ok" | "warn" | "bad";

/** One thing that was looked at. */
export interface Finding {
  readonly check: string;
  readonly level: Level;
  readonly what: string;
  /** Where it is not ok. */
  readonly todo?: string;
}

/** The level that a figure has between two bounds. */
export const levelOf = (figure: number, warnAbove: number, badAbove: number): Level =>
  figure > badAbove ? "bad" : figure > warnAbove ? "warn" : "ok";
