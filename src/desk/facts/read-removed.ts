import {readEvents, type StateReader} from "#description";
import type {AccountId} from "#primitives";
import {bytesOf, fieldsOf} from "./published-values.ts";

const REMOVED = "CollatorSelection.CandidateRemoved";

/** Candidates that a block took off the list when it began, for their silence, by the events of its own state. */
export function readRemovedAtStart(reader: StateReader): readonly AccountId[] {
  const bytes = reader.stored("System.Events");
  const read = bytes && readEvents(reader.description, bytes);
  if (read?.ok !== true) return [];
  return read.value.events.flatMap(({name, fields, phase}) => {
    if (name !== REMOVED || phase !== "Initialization") return [];
    // Older runtimes do not name the fields of events.
    const list = Array.isArray(fields) ? fields : [fields];
    return bytesOf(fieldsOf(fields).accountId) ?? bytesOf(list[0]) ?? [];
  });
}
