import type {Result} from "#base";
import {attempt, type DecodeFailure, decodePrefix, readCompact, type TypeInfo} from "#codec";
import type {ChainDescription} from "../chain-description.ts";
import {findItem, variantsOf} from "../find.ts";
import {codecOf} from "../values/codec-of.ts";

/** One event of a block. */
export interface ChainEvent {
  /** `Balances.Transfer` */
  readonly name: string;
  readonly pallet: string;
  readonly variant: string;
  /** By names in camelCase; a list, or the one value, where they have none; `{}` where there are none. */
  readonly fields: unknown;
  readonly phase: "ApplyExtrinsic" | "Finalization" | "Initialization";
  /** Index of the extrinsic that it belongs to. */
  readonly extrinsic: number | undefined;
  readonly topics: readonly Uint8Array[];
}

export interface EventList {
  readonly events: readonly ChainEvent[];
  /**
   * What comes after the first event that could not be read, that event included: where it ends is known to nobody who
   * does not know what it is.
   */
  readonly rest?: {readonly bytes: Uint8Array; readonly failure: DecodeFailure};
}

/** Events as `System.Events` has them: as many as can be read, and the rest as bytes. */
export function readEvents(
  description: ChainDescription,
  bytes: Uint8Array,
): Result<EventList, DecodeFailure> {
  return attempt(bytes, source => {
    const count = readCompact(source);
    const record = recordType(description);
    const events: ChainEvent[] = [];
    for (let i = 0; i < count; i++) {
      const rest = bytes.subarray(source.offset);
      const read = decodePrefix(codecOf(record), rest);
      const event = read.ok ? eventFrom(description, read.value.value) : undefined;
      if (!read.ok) return {events, rest: {bytes: rest.slice(), failure: read.error}};
      if (event === undefined) return source.fail("invalid-value", "not a record of an event");
      events.push(event);
      source.advance(read.value.length);
    }
    if (source.remaining > 0) source.fail("trailing-bytes", `${source.remaining} bytes left over`);
    return {events};
  });
}

/** What `System.Events` is a list of. */
function recordType(description: ChainDescription): TypeInfo {
  const list = findItem(description, "System.Events")?.value.def;
  return list?.kind === "sequence" ? list.element : description.event;
}

function eventFrom({event}: ChainDescription, record: unknown): ChainEvent | undefined {
  const {phase, event: value, topics} = (record ?? {}) as Readonly<Record<string, unknown>>;
  const {type: phaseName, value: index} = (phase ?? {}) as Readonly<Record<string, unknown>>;
  const {type: pallet, value: inner} = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isPhase = PHASES.includes(phaseName as ChainEvent["phase"]);
  if (!isPhase || typeof pallet !== "string" || !Array.isArray(topics)) return undefined;
  const named =
    typeof inner === "string" ? {type: inner, value: undefined} : (inner as NamedValue | undefined);
  if (named === undefined || variantsOf(event).length === 0) return undefined;
  return {
    name: `${pallet}.${named.type}`,
    pallet,
    variant: named.type,
    fields: named.value ?? {},
    phase: phaseName as ChainEvent["phase"],
    extrinsic: typeof index === "number" ? index : undefined,
    topics: topics as Uint8Array[],
  };
}

interface NamedValue {
  readonly type: string;
  readonly value: unknown;
}

const PHASES: readonly ChainEvent["phase"][] = ["ApplyExtrinsic", "Finalization", "Initialization"];
