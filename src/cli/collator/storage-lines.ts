import {counted} from "#base";
import type {PruningStatus, StorageStatus} from "#rpc";
import {DeskError} from "../desk/desk-error.ts";
import type {NodeLink} from "../desk/node-link.ts";
import {RpcFailure} from "../rpc-client.ts";
import {sizeText} from "../size-text.ts";
import {row} from "../table.ts";

type Heights = PruningStatus["kept"]["states"];

/** What of the chain a node keeps, and what that takes; null of what it does not tell. */
export interface StorageFacts {
  readonly kept: Pick<PruningStatus["kept"], "bodies" | "states"> | null;
  readonly size: number | null;
  /** Bytes; null as long as the node has not run for ten minutes. */
  readonly growthPerDay: number | null;
  readonly damages: number | null;
}

/** Of a node of whatever release, and of one that tells strangers nothing of its disk. */
export async function askStorage(link: NodeLink): Promise<StorageFacts> {
  const pruning = await orNull(link.ask("khala_pruning") as Promise<PruningStatus>);
  const storage = await orNull(link.askUnsafe("khala_storage") as Promise<StorageStatus>);
  return {
    kept: pruning && {bodies: pruning.kept.bodies, states: pruning.kept.states},
    size: storage?.size ?? null,
    growthPerDay: storage?.growth?.bytesPerDay ?? null,
    damages: storage?.damages.length ?? null,
  };
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const isRefused = error instanceof DeskError && error.report.code === "unsafe-refused";
    if (isRefused || error instanceof RpcFailure) return null;
    throw error;
  }
}

export function storageLines({kept, size, growthPerDay, damages}: StorageFacts): string[] {
  return [
    ...(kept === null
      ? []
      : [row("kept", `states ${heights(kept.states)}; bodies ${heights(kept.bodies)}`)]),
    ...(size === null ? [] : [row("database", `${sizeText(size)}${growthText(growthPerDay)}`)]),
    ...(damages === null || damages === 0
      ? []
      : [row("damaged", `${counted(damages, "thing")}: stop the node, then khala db check`)]),
  ];
}

function growthText(perDay: number | null): string {
  if (perDay === null) return "; how fast it grows is not known yet";
  return `, ${perDay < 0 ? "-" : "+"}${sizeText(Math.abs(perDay))} a day`;
}

/** Of many ranges the first ones: `khala db ranges` has them all. */
const MOST_RANGES = 3;

function heights(ranges: Heights): string {
  if (ranges.length === 0) return "none";
  const told = ranges.slice(0, MOST_RANGES);
  const text = told.map(({from, to}) => (from === to ? `${from}` : `${from} to ${to}`)).join(", ");
  const left = ranges.length - told.length;
  return left === 0 ? text : `${text} and ${counted(left, "more range")}`;
}
