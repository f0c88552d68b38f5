import type {Declaration} from "../../dispatch/method-table.ts";
import {chainSpecChainName} from "./chain-name.ts";
import {chainSpecGenesisHash} from "./genesis-hash.ts";
import {chainSpecProperties} from "./properties.ts";

export const chainSpecMethods: readonly Declaration[] = [
  chainSpecChainName,
  chainSpecGenesisHash,
  chainSpecProperties,
];
