import {counted} from "#base";
import type {Manifest} from "#snapshot";
import {sizeText} from "../size-text.ts";
import {row} from "../table.ts";

/** A snapshot for programs, without its files, of whose finality something is known. */
export function manifestFacts(folder: string, manifest: Manifest): object {
  return {...claimedFacts(folder, manifest), isProved: manifest.isProved};
}

/** The same of one whose word alone it is which chain its block is of, and whether it is final: `says`. */
export function readFacts(folder: string, manifest: Manifest): object {
  const {isProved, chain} = manifest;
  return {...claimedFacts(folder, manifest), says: {genesisHash: chain.genesisHash, isProved}};
}

function claimedFacts(folder: string, manifest: Manifest): object {
  const {chain, block, codeHash, components} = manifest;
  const {rows, size, unpacked, chunks} = components.state;
  const {number, hash, stateRoot} = block;
  const state = {rows, size, unpacked, chunks: chunks.length};
  return {folder, chain, block: {number, hash, stateRoot}, codeHash, state};
}

/** `isRead`: all that is known of it is what it says. */
export function manifestLines(folder: string, manifest: Manifest, isRead: boolean): string[] {
  const {chain, block, codeHash, isProved, components} = manifest;
  const {rows, size, unpacked, chunks} = components.state;
  return [
    `snapshot of block ${block.number} of ${chain.name}`,
    row("folder", folder),
    row("block", block.hash),
    row("state root", block.stateRoot),
    row("code", codeHash),
    row("genesis", isRead ? `${chain.genesisHash} (claimed, not proved)` : chain.genesisHash),
    row("finality", finalityText(isProved, isRead)),
    row(
      "state",
      `${counted(rows, "key")}, ${sizeText(size)} in ${counted(chunks.length, "file")} (${sizeText(unpacked)} unpacked)`,
    ),
  ];
}

function finalityText(isProved: boolean, isRead: boolean): string {
  if (!isProved) return "not proved: say --block when importing";
  return isRead
    ? "claimed, not proved: khala snapshot import follows its proofs from the chain's first block on"
    : "proved from the first block on";
}
