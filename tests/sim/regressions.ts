const FUTURE =
  "a node whose clock was slow took blocks for bad, and never caught up once it was put right";

/** Seeds that failed once, and what was wrong. They run every time. */
export const REGRESSIONS: readonly {readonly seed: number; readonly was: string}[] = [
  {seed: 231, was: FUTURE},
  {seed: 528, was: FUTURE},
];
