import {millis} from "#base";

/** A request is given up after this long (spec/network §1.5). */
export const ANSWER_TIME = millis(20_000);
/** A stranger that has not answered by then has others asked the same: what comes after waits for it. */
export const LEND_AFTER = 4_000;
/** A peer that did not answer, or not with what it promised, is left alone this long. */
export const REST = millis(10_000);
/**
 * Before a peer is asked again for blocks that it gave and that we could not use. For the same request a third time
 * within a minute, as others count it (spec/network §1.6), it would cut us off for good.
 */
export const REPEAT_REST = millis(31_000);
/** A peer on another chain than ours is asked again after this long: it may come round. */
export const LONG_REST = millis(60_000);
/** Blocks behind the others from which on we count as catching up, and do not author. */
export const MAJOR_LAG = 5;
/**
 * A node that knows nothing yet believes claims for so long: some round trips, and the import of a first few blocks.
 * Strangers that say nothing cost it no more than this, once in `LOOK_EVERY`.
 */
export const LOOK = millis(10_000);
export const LOOK_EVERY = millis(600_000);
/** A head that grew within this time is that of a chain that goes on: there is nothing to look for. */
export const STANDSTILL = millis(30_000);
/** Milliseconds after its slot at which a block is old: whoever is in step has had it long since. */
export const OLD = 30_000;
/** How long what a peer gave speaks for it: it may leave one question unanswered, and take the next. */
export const LEASE = millis(30_000);
/** Blocks handed on and not yet imported, at which no more is asked for. */
export const MAX_IMPORTING = 2_048;
/** Announced blocks that lie further above our best than this are fetched as part of the row. */
export const NEAR = 64;
/** Bad blocks remembered, so that nobody makes us fetch one twice. */
export const BAD_KEPT = 512;

const MEBIBYTE = 1_024 * 1_024;
/**
 * Bytes of blocks that wait for others before them, on forks and in the row, and of those handed on: blocks come in
 * answers of up to 16 MiB, and nobody has sealed what a stranger makes up. Twelve full
 * blocks keep an importer busy for longer than the next question takes.
 */
export const MAX_FORK_BYTES = 64 * MEBIBYTE;
export const MAX_ROW_BYTES = 64 * MEBIBYTE;
export const MAX_IMPORTING_BYTES = 64 * MEBIBYTE;
