/** Seeds that failed once, and what was wrong. They run every time. */
export const REGRESSIONS: readonly {readonly seed: number; readonly was: string}[] = [];
