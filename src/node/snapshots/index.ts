/**
 * Snapshots of a node's chain: taken of a database that nobody has open, or by a node that runs (`answers/snapshot`), and taken in by
 * one that is empty, which then begins at that height. What came in is on disk piece by piece; until the last step no block
 * refers to it, and a node that is started in between refuses, so that nothing half is ever run.
 *
 * Out of scope: the files (`snapshot`), what makes a block one to begin with (`core/snapshot`), flags and words (`cli/snapshot`).
 */
export {type ExportWishes, exportDatabase, reportText} from "./export-database.ts";
export {
  discardImport,
  type ImportedSnapshot,
  type ImportWishes,
  importSnapshot,
} from "./import-snapshot.ts";
export {type SnapshotParts, snapshotSource} from "./snapshot-source.ts";
