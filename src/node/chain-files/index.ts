/**
 * What Substrate's nodes do with a chain's database from the command line: blocks out and in, a state out as a chain spec, blocks that
 * are not final taken back.
 *
 * Out of scope: the forms of the files (`snapshot`), flags and words (`cli/chain-files`).
 */
export {type BlocksWanted, exportBlocks} from "./export-blocks.ts";
export {exportState} from "./export-state.ts";
export {type BlocksImport, faultOfFirst, importBlocks} from "./import-blocks.ts";
export {type Reverted, revertBlocks} from "./revert-blocks.ts";
export {withDatabase} from "./with-database.ts";
