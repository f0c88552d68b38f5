/** Upstream's limit, from its largest allowed allocation (spec/pallets §15). */
export const BATCHED_CALLS_LIMIT = 10_922;
