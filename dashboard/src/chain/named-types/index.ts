/**
 * Metadata 13, of 2021, which names types and does not describe them. What the names stand for the node's own
 * `description` knows; here that becomes metadata 15, by which this page and wallets read and write. What a name stands for
 * on this chain alone, and nobody says, fails to be read or written with its name, and is never taken for something else.
 *
 * Read when a chain needs it: a script of its own.
 *
 * Out of scope: what the names stand for (`src/description/text-types`), and metadata from 14 on, which needs nothing of this.
 */
export {type KeyLayout, type OldMetadata, readOldMetadata} from "./read-old-metadata.ts";
