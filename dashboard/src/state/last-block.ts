/** Its last block; undefined where there is none. For a newcomer the chain has one ahead, from which on silence counts. */
export const lastBlockOf = (lastAuthored: number | null, best: number): number | undefined =>
  lastAuthored !== null && lastAuthored > 0 && lastAuthored <= best ? lastAuthored : undefined;
