import type {Manifest} from "#snapshot";
import {row} from "../table.ts";
import {countText, sizeText} from "./progress.ts";

/** A snapshot for programs, without its files. */
export function manifestFacts(folder: string, manifest: Manifest): object {
  const {chain, block, codeHash, isProved, components} = manifest;
  const {rows, size, unpacked, chunks} = components.state;
  const {number, hash, stateRoot} = block;
  const state = {rows, size, unpacked, chunks: chunks.length};
  return {folder, chain, block: {number, hash, stateRoot}, codeHash, isProved, state};
}

export function manifestLines(folder: string, manifest: Manifest): string[] {
  const {chain, block, codeHash, isProved, components} = manifest;
  const {rows, size, unpacked, chunks} = components.state;
  return [
    `snapshot of block ${block.number} of ${chain.name}`,
    row("folder", folder),
    row("block", block.hash),
    row("state root", block.stateRoot),
    row("code", codeHash),
    row("genesis", chain.genesisHash),
    row(
      "finality",
      isProved ? "proved from the first block on" : "not proved: say --block when importing",
    ),
    row(
      "state",
      `${countText(rows)} keys, ${sizeText(size)} in ${chunks.length} files (${sizeText(unpacked)} unpacked)`,
    ),
  ];
}
