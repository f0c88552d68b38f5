import {type ChainDescription, type ChainEvent, nameDispatchError} from "#description";
import type {DispatchPlan} from "./plan-dispatch.ts";

/** What became of a call. */
export interface DispatchOutcome {
  /** The name of the error, as `Balances.InsufficientBalance`; undefined where the call was carried out. */
  readonly error: string | undefined;
  /** Those of the call's own extrinsic, or of the block's beginning where it was scheduled. */
  readonly events: readonly ChainEvent[];
}

/**
 * Reads from a block's events what became of a call that was sent in that way; undefined where they do not say. `index`: of its
 * extrinsic in the block.
 */
export function outcomeIn(
  description: ChainDescription,
  events: readonly ChainEvent[],
  {how, index}: {readonly how: DispatchPlan["how"]; readonly index: number | undefined},
): DispatchOutcome | undefined {
  if (how === "relay-message") return outcomeOfMessage(events);
  const own =
    how === "scheduled"
      ? events.filter(({phase}) => phase === "Initialization")
      : events.filter(({extrinsic}) => extrinsic === index);
  const failed = own.find(({name}) => name === "System.ExtrinsicFailed");
  if (failed !== undefined) {
    return {error: errorOf(description, fieldOf(failed, "dispatchError")), events: own};
  }
  if (how === "signed") return {error: undefined, events: own};
  const names = RESULTS[how];
  // Of several that were due the highest block's own comes last.
  const told = own.findLast(({name}) => names.includes(name));
  if (told === undefined) return undefined;
  const result = fieldOf(told, "sudoResult") ?? fieldOf(told, "result");
  return {error: resultError(description, result), events: own};
}

/**
 * Whether a message was carried out: what its call came to XCM does not tell. By the queue of 2021 to 2023, and by the pallet that
 * serves all queues since.
 */
function outcomeOfMessage(events: readonly ChainEvent[]): DispatchOutcome | undefined {
  const told = events.findLast(({name}) =>
    [
      "DmpQueue.ExecutedDownward",
      "MessageQueue.Processed",
      "MessageQueue.ProcessingFailed",
    ].includes(name),
  );
  if (told === undefined) return undefined;
  const {fields} = told;
  const outcome = Array.isArray(fields)
    ? fields.at(-1)
    : ((fields as {outcome?: unknown; success?: unknown}).outcome ??
      (fields as {success?: unknown}).success);
  const isDone = outcome === true || (outcome as {type?: unknown} | undefined)?.type === "Complete";
  return {error: isDone ? undefined : `${told.variant}: the message was not carried out`, events};
}

const RESULTS: Readonly<
  Record<Exclude<DispatchPlan["how"], "signed" | "relay-message">, readonly string[]>
> = {
  sudo: ["Sudo.Sudid"],
  "sudo-as": ["Sudo.SudoAsDone"],
  scheduled: ["Scheduler.Dispatched"],
};

/** By its name, or the last one of a list where events name no fields. */
function fieldOf({fields}: ChainEvent, name: string): unknown {
  if (Array.isArray(fields)) return name === "result" ? fields.at(-1) : fields[0];
  return typeof fields === "object" && fields !== null
    ? (fields as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Of a `Result` as descriptions read it. */
function resultError(description: ChainDescription, result: unknown): string | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  if ("ok" in result && (result as {ok: unknown}).ok === true) return undefined;
  if ("error" in result) return errorOf(description, (result as {error: unknown}).error);
  return undefined;
}

function errorOf(description: ChainDescription, error: unknown): string {
  return error === undefined ? "unknown" : nameDispatchError(description, error).name;
}
