import {readStorage} from "./runtime.ts";

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

export async function eventsAt(hash: string): Promise<readonly ChainEvent[]> {
  const records = await readStorage<readonly EventRecord[]>(["System", "Events"], hash);
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

/** `CollatorSelection.AlreadyCandidate`, from the error that an event or a dry run holds. */
export function dispatchErrorText(error: unknown): string {
  if (typeof error !== "object" || error === null || !("type" in error)) return String(error);
  const names: string[] = [];
  for (let at: unknown = error; typeof at === "object" && at !== null && "type" in at; ) {
    const {type, value} = at as DispatchError;
    names.push(type);
    at = value;
  }
  return names.filter(name => name !== "Module").join(".");
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
    error: dispatchErrorText((failed.value as {dispatch_error: unknown}).dispatch_error),
  };
}
