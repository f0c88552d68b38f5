/**
 * Looks at all that a chain's database holds, and mends what can be mended.
 *
 * `checkDatabase` compares every row with its checksum, every block with its hash and its place in the chain, and every node and value
 * from the rest (the best chain, heights, which values there are, where a node went), and asks a source for the rest: a node of
 * the chain that has it. What comes from there counts by its hash alone. What nobody can say any more is left and named.
 * `salvageDatabase` copies what can still be reached in a file whose pages are damaged into a new one.
 *
 * Out of scope: reading a chain (`ChainStore`); who the source is and how it is asked (`cli`).
 */
export {type CheckedDatabase, type CheckProgress, checkDatabase} from "./check-database.ts";
export {type CheckOptions, checkOnDisk, type DiskCheck} from "./check-on-disk.ts";
export {type Damage, describeDamage, isOwnValue} from "./damage.ts";
export {type Repaired, repairDatabase} from "./repair-database.ts";
export {type RepairSource, type SourceBlock, SourceGone} from "./repair-source.ts";
export type {Salvaged} from "./salvage.ts";
