import type {ChainReader} from "./chain-reader.ts";
import {describeChain} from "./describe-chain.ts";
import {readBlock} from "./read-block.ts";
import {readConstant} from "./read-constant.ts";
import {readStorage} from "./read-storage.ts";
import type {Tool} from "./tool.ts";

/** Tools that read the chain by the names of its metadata, so that nobody has to hash keys or read SCALE. */
export const chainTools = (reader: ChainReader): Tool[] => [
  describeChain(reader),
  readStorage(reader),
  readConstant(reader),
  readBlock(reader),
];
