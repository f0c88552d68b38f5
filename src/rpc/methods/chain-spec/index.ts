import type {Declaration} from "../../declare/index.ts";
import {chainSpecChainName} from "./chain-name.ts";
import {chainSpecGenesisHash} from "./genesis-hash.ts";
import {chainSpecProperties} from "./properties.ts";

export const chainSpecMethods: readonly Declaration[] = [
  chainSpecChainName,
  chainSpecGenesisHash,
  chainSpecProperties,
];
