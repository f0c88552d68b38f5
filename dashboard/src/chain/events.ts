import {UNKNOWN} from "../text/known.ts";
import {type ChainRuntime, readStorage} from "./runtime.ts";

export interface ChainEvent {
  readonly pallet: string;
  readonly name: string;
  readonly value: unknown;
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
  return records.map(({phase, event}) => ({
    pallet: event.type,
    name: event.value.type,
    value: event.value.value,
    phase:
      phase.type === "ApplyExtrinsic"
        ? phase.value!
        : phase.type === "Finalization"
          ? "end"
          : "begin",
  }));
}

interface DispatchError {
  readonly type: string;
  readonly value?: DispatchError | string;
}

/** A pallet's error as runtimes of some years ago had it, of which metadata does not say the name at that place. */
const isNumbered = (value: unknown): value is {readonly index: number; readonly error: number} =>
  typeof value === "object" &&
  value !== null &&
  "index" in value &&
  "error" in value &&
  typeof value.error === "number";

/** `CollatorSelection.AlreadyCandidate`, from the error that an event or a dry run holds. */
export function dispatchErrorText(error: unknown): string {
  if (typeof error !== "object" || error === null || !("type" in error)) return String(error);
  const names: string[] = [];
  let at: unknown = error;
  while (typeof at === "object" && at !== null && "type" in at) {
    const {type, value} = at as DispatchError;
    names.push(type);
    at = value;
  }
  if (isNumbered(at)) return `error ${at.error} of pallet ${at.index}`;
  return names.filter(name => name !== "Module").join(".");
}

/** The first field of `System.ExtrinsicFailed`, which had no names once. */
function errorIn(failed: unknown): unknown {
  if (Array.isArray(failed)) return failed[0];
  return (failed as {readonly dispatch_error?: unknown}).dispatch_error ?? UNKNOWN;
}

/** What became of an extrinsic, by the events of its block. */
export function outcomeOf(
  events: readonly ChainEvent[],
  index: number,
): {isOk: boolean; error: string | undefined} {
  const failed = events.find(
    ({phase, pallet, name}) => phase === index && pallet === "System" && name === "ExtrinsicFailed",
  );
  if (failed === undefined) return {isOk: true, error: undefined};
  return {
    isOk: false,
    error: dispatchErrorText(errorIn(failed.value)),
  };
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

/** Calls carry others, as root's do: theirs may succeed where what they carry fails, and an event tells of that. */
export function failureWithin(events: readonly ChainEvent[], index: number): string | undefined {
  for (const {phase, pallet, name, value} of events) {
    const failed = phase === index && resultsIn(value).find(({success}) => !success);
    if (failed) return `${pallet}.${name}, ${dispatchErrorText(failed.value)}`;
  }
  return undefined;
}
