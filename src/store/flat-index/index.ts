/**
 * The newest states as one sorted map beside their tries, for whoever reads and needs no root: an account costs one reading of a page,
 * a page of keys some thirty, however many accounts there are.
 *
 * On disk are blocks of rows, each of a page of the database's file (`row-block.ts`); where each begins is in memory
 * (`fences.ts`). They are the rows of one final state; what blocks above it changed lies over them in memory, that of final blocks as
 * one map, that of each of the others by itself (`layers.ts`), so that every fork has its view. Nothing of that is written when a block is
 * kept. Where the map grows large, or the state that the rows are of is to be pruned, the rows are brought up to it, in slices in the
 * order of keys (`FlatIndex.step`), each one atomic write with how far it came.
 *
 * So nothing needs a journal: whoever is killed knows of which state the rows are on both sides of that place, and what
 * lies over them is what the tries say when compared. States that the rows are of are not pruned before the rows have moved on.
 *
 * As much of it as there is room for is held in memory (`held-blocks.ts`, `--trie-cache-size`), blocks that were proved whole when they
 * came in, arranged for finding rows; they are read in the background after the start. What is written is held as it will be.
 *
 * A row proves itself, and its neighbours that a key is absent. What is damaged is read by the trie and made again from it; an
 * index that does not fit the chain is made anew in the background. It is never asked for roots or proofs, and a long value
 * stays with the trie, as do child tries.
 *
 * Out of scope: what a state means, when there is time for a step (`core/pruning`), who is told of damage.
 */
export {isOfIndex, isWholeEntry} from "./check-entry.ts";
export {FlatIndex} from "./flat-index.ts";
export {type FlatIndexStatus, INDEX_PACE, type IndexPace} from "./index-parts.ts";
export {INDEX_PROGRESS} from "./index-progress.ts";
