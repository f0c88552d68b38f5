/**
 * Small files that are whole or not there: after a crash at any moment, and where the disk is full, a reader finds
 * the old content, the new one or no file, never a part of one. What could not be written leaves nothing behind.
 *
 * Content is written to a file beside it with a name that nobody looks for, reaches the disk, and only then gets its
 * name, in one step of the file system.
 *
 * Out of scope: the chain's database (`store` has steps of its own), logs and lists that are appended to, and locks
 * between processes.
 */
export {createFile, replaceFile, syncDirectory} from "./durable-file.ts";
export {makeFolder} from "./make-folder.ts";
export {isUnfinished, removeUnfinished} from "./unfinished.ts";
