import {type BinaryString, bytesToHex, concatBytes, err, ok, type Result} from "#base";
import {attempt, readCompact, Sink, type TypeInfo, writeCompact} from "#codec";
import type {Hashing} from "#crypto";
import {
  findItem,
  type NamedMisfit,
  type StateReader,
  storageKey,
  valueFromJson,
} from "#description";

/** Why a call cannot be put into the scheduler's agenda. */
export type AgendaFailure =
  | {readonly code: "scheduler-missing"}
  /** Metadata 13 names the types of an agenda without describing them. */
  | {readonly code: "scheduler-undescribed"}
  | {readonly code: "call-too-long"; readonly bytes: number; readonly most: number}
  | NamedMisfit;

/** Longest call that stands in an agenda itself (frame_support, `MAX_INLINE`); longer ones are kept as preimages. */
const MOST_INLINE = 128;
/** The highest of the scheduler's priorities: it is served before all that is due in the same block. */
const HIGHEST = 0;

/**
 * The agenda of a block with one call more, as key and value: the call in SCALE, the origin in JSON by the runtime's own
 * `OriginCaller`. What is in the agenda already stays, and comes first.
 */
export function agendaEntry(
  reader: StateReader,
  {block, call, origin}: {block: number; call: Uint8Array; origin: unknown},
  hashing: Hashing,
): Result<readonly [BinaryString, Uint8Array], AgendaFailure> {
  const item = findItem(reader.description, "Scheduler.Agenda");
  const key = item && storageKey(item, [block], hashing);
  const scheduled = item && elementOf(item.value);
  if (item === undefined || key?.ok !== true || scheduled === undefined) {
    return err({code: "scheduler-missing"});
  }
  if (isByBounds(scheduled) && call.length > MOST_INLINE) {
    return err({code: "call-too-long", bytes: call.length, most: MOST_INLINE});
  }
  const entry = valueFromJson(scheduled, {
    maybeId: null,
    priority: HIGHEST,
    call: isByBounds(scheduled) ? {Inline: bytesToHex(call)} : undefined,
    maybePeriodic: null,
    origin,
  });
  // All but the origin is ours, and as every scheduler has it.
  if (!entry.ok) {
    return entry.error.at.startsWith("origin") ? entry : err({code: "scheduler-undescribed"});
  }
  const stored = reader.stored("Scheduler.Agenda", [block]) ?? Uint8Array.of(0);
  const before = attempt(stored, source => {
    const count = readCompact(source);
    return {count, entries: source.bytes.subarray(source.advance(source.remaining))};
  });
  if (!before.ok) return err({code: "scheduler-missing"});
  const sink = new Sink();
  writeCompact(before.value.count + 1, sink);
  return ok([key.value, concatBytes(sink.takeCopy(), before.value.entries, entry.value)]);
}

/** What the agenda is a list of, without the wrapping that bounds its length. */
function elementOf(type: TypeInfo): TypeInfo | undefined {
  const {def} = type;
  if (def.kind === "sequence") return def.element;
  const only = def.kind === "composite" && def.fields.length === 1 ? def.fields[0] : undefined;
  return only === undefined ? undefined : elementOf(only.type);
}

/** Whether calls stand there by `Bounded`, inline or by their hash: since late 2022. */
function isByBounds(scheduled: TypeInfo): boolean {
  const some = scheduled.def.kind === "variant" ? scheduled.def.variants[1] : undefined;
  const inner = some?.fields[0]?.type.def;
  const call =
    inner?.kind === "composite" ? inner.fields.find(({name}) => name === "call") : undefined;
  const cases = call?.type.def.kind === "variant" ? call.type.def.variants : [];
  return cases.some(({name}) => name === "Inline");
}
