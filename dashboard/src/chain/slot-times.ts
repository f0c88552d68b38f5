import type {HeaderJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {RpcFailure} from "../rpc/rpc-failure.ts";
import {slotOf} from "./digest.ts";
import {codeAt} from "./runtime.ts";

/** The slot that a block was made for. */
export interface SlotTime {
  /** When it began, by the chain's time: milliseconds since 1970. */
  readonly began: number;
  /** Milliseconds. */
  readonly duration: number;
}

/** How long slots are, by code: an upgrade may change that, and with it what a slot's number means. */
const durations = new Map<string, Promise<number | undefined>>();

/** Counted by the code that made the block, its parent's; undefined where block or runtime does not tell. */
export async function slotTimeOf(header: HeaderJson): Promise<SlotTime | undefined> {
  const slot = slotOf(header);
  if (slot === undefined || Number(header.number) === 0) return undefined;
  const code = await codeAt(header.parentHash);
  const found = durations.get(code) ?? askDuration(header.parentHash);
  durations.set(code, found);
  found.catch(() => durations.delete(code));
  const duration = await found;
  return duration === undefined ? undefined : {began: slot * duration, duration};
}

async function askDuration(block: string): Promise<number | undefined> {
  try {
    const answer = await node.call<string>("state_call", ["AuraApi_slot_duration", "0x", block]);
    const bytes = answer.slice(2).match(/../g) ?? [];
    const duration = Number.parseInt(bytes.reverse().join(""), 16);
    return duration > 0 ? duration : undefined;
  } catch (error) {
    // A runtime without the function says so; a line that broke says nothing.
    if (error instanceof RpcFailure && !error.isBreak) return undefined;
    throw error;
  }
}
