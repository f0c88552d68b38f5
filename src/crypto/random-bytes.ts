/** Fresh unpredictable bytes. Handed in, so that pure code stays pure and tests stay repeatable. */
export type RandomBytes = (length: number) => Uint8Array;
