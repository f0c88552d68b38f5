/** How much may wait, with upstream's defaults. */
export interface PoolLimits {
  readonly readyCount: number;
  readonly readyBytes: number;
  readonly futureCount: number;
  readonly futureBytes: number;
}

const MEBIBYTE = 1_024 * 1_024;

export const DEFAULT_POOL_LIMITS: PoolLimits = {
  readyCount: 8_192,
  readyBytes: 20 * MEBIBYTE,
  futureCount: 512,
  futureBytes: MEBIBYTE,
};
