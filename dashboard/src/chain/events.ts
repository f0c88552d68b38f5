import {UNKNOWN} from "../text/known.ts";
import {describeFields, type Part} from "./described.ts";
import {dispatchErrorText} from "./dispatch-error.ts";
import {type ChainRuntime, readStorage} from "./runtime.ts";

export interface ChainEvent {
  readonly pallet: string;
  readonly name: string;
  readonly value: unknown;
  /** What it tells, field by field. */
  readonly said: readonly Part[];
  /** Index of the extrinsic, or where in the block it was. */
  readonly phase: number | "begin" | "end";
}

interface EventRecord {
  readonly phase: {readonly type: string; readonly value?: number};
  readonly event: {
    readonly type: string;
    readonly value: {readonly type: string; readonly value: unknown};
  };
}

/** What a block did, by the runtime that made it. */
export async function eventsAt(
  block: string,
  runtime: ChainRuntime,
): Promise<readonly ChainEvent[]> {
  const records = await readStorage<readonly EventRecord[]>(["System", "Events"], {
    block,
    runtime,
  });
  return named(records, runtime);
}

/** From the bytes that stand in the state. */
export function decodeEvents(bytes: string, runtime: ChainRuntime): readonly ChainEvent[] {
  const {value} = runtime.builder.buildStorage("System", "Events");
  return named(value.dec(bytes) as readonly EventRecord[], runtime);
}

function named(records: readonly EventRecord[], runtime: ChainRuntime): readonly ChainEvent[] {
  return records.map(({phase, event}) => ({
    pallet: event.type,
    name: event.value.type,
    value: event.value.value,
    said: describeFields(runtime, "events", {
      pallet: event.type,
      name: event.value.type,
      value: event.value.value,
    }),
    phase:
      phase.type === "ApplyExtrinsic"
        ? phase.value!
        : phase.type === "Finalization"
          ? "end"
          : "begin",
  }));
}

/** The first field of `System.ExtrinsicFailed`, which had no names once. */
function errorIn(failed: unknown): unknown {
  if (Array.isArray(failed)) return failed[0];
  return (failed as {readonly dispatch_error?: unknown}).dispatch_error ?? UNKNOWN;
}

/** Why an extrinsic, or a call that it carries, failed, by the events of its block; undefined where nothing did. */
export function failureOf(events: readonly ChainEvent[], index: number): string | undefined {
  const failed = events.find(
    ({phase, pallet, name}) => phase === index && pallet === "System" && name === "ExtrinsicFailed",
  );
  return failed === undefined
    ? failureWithin(events, index)
    : dispatchErrorText(errorIn(failed.value));
}

interface CallResult {
  readonly success: boolean;
  readonly value: unknown;
}

const isCallResult = (value: unknown): value is CallResult =>
  typeof value === "object" && value !== null && "success" in value && "value" in value;

/** What an event tells that is a call's result: the whole of it where its fields have no names, or one of them. */
const resultsIn = (value: unknown): readonly CallResult[] =>
  (typeof value === "object" && value !== null ? [value, ...Object.values(value)] : []).filter(
    isCallResult,
  );

/** What batches tell of one of their calls that failed, where the batch itself did not. */
const OF_BATCHES = ["BatchInterrupted", "ItemFailed"];

/** By their names, or in their order where they have none: which call, where that is told, and why it failed. */
function batchErrorText(value: unknown): string {
  const {index, error} = (Array.isArray(value) ? {index: value[0], error: value[1]} : value) as {
    readonly index?: number;
    readonly error: unknown;
  };
  const which = index === undefined ? "" : `call ${index + 1} of it: `;
  return `${which}${dispatchErrorText(error)}`;
}

/** Calls carry others, as root's do: theirs may succeed where what they carry fails, and an event tells of that. */
function failureWithin(events: readonly ChainEvent[], index: number): string | undefined {
  for (const {phase, pallet, name, value} of events) {
    if (phase !== index) continue;
    const failed = resultsIn(value).find(({success}) => !success);
    if (failed) return `${pallet}.${name}, ${dispatchErrorText(failed.value)}`;
    if (OF_BATCHES.includes(name)) return `${pallet}.${name}, ${batchErrorText(value)}`;
  }
  return undefined;
}
