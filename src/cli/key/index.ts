/**
 * `khala key …`: make, look at, store and use keys, with the flags and the output of Substrate's subkey where it
 * has them. Each command is a function of its typed options and a terminal, and answers the exit code; secrets
 * are best given as a file or on standard input, since a command line stays in the shell's history.
 *
 * Out of scope: reading flags (`cli`), and keys of a running node (`author_rotateKeys`).
 */
export {type GenerateOptions, keyGenerate} from "./generate.ts";
export {type InsertOptions, keyInsert} from "./insert.ts";
export {type InspectOptions, keyInspect} from "./inspect.ts";
export {networkOf, refuseNetwork} from "./network.ts";
export {
  type GenerateNodeKeyOptions,
  generateNodeKey,
  type InspectNodeKeyOptions,
  inspectNodeKey,
} from "./node-key.ts";
export {keySign, type SignOptions} from "./sign.ts";
export type {Terminal} from "./terminal.ts";
export {keyVerify, type VerifyOptions} from "./verify.ts";
