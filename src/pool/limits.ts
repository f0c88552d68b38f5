/** How much may wait, with upstream's defaults. */
export interface PoolLimits {
  readonly readyCount: number;
  readonly readyBytes: number;
  readonly futureCount: number;
  readonly futureBytes: number;
}

/** How the pool works, whatever may wait in it. */
export const POOL_WORK = {
  /** Validations under way at once; further submissions are refused rather than piled up. */
  validating: 16_384,
  /** Transactions judged anew, a fraction of a millisecond each, before other work has its turn. */
  slice: 16,
  /** Blocks whose tags still count as provided to transactions validated before them. */
  prunedBlocks: 4,
} as const;

const MEBIBYTE = 1_024 * 1_024;

const READY = {count: 8_192, bytes: 20 * MEBIBYTE};

/** A tenth of the ready ones may be future: these pay nothing for their place. */
const FUTURE_SHARE = 10;

/**
 * All limits from those of the ready transactions. On a development chain, whose senders are its developer, as many
 * may be future as ready.
 */
export function poolLimits(
  ready: {readonly count?: number | undefined; readonly bytes?: number | undefined},
  {development}: {development: boolean},
): PoolLimits {
  const count = ready.count ?? READY.count;
  const bytes = ready.bytes ?? READY.bytes;
  const share = development ? 1 : FUTURE_SHARE;
  return {
    readyCount: count,
    readyBytes: bytes,
    futureCount: Math.floor(count / share),
    futureBytes: Math.floor(bytes / share),
  };
}

export const DEFAULT_POOL_LIMITS: PoolLimits = poolLimits({}, {development: false});
