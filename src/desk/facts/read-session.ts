import type {StateReader} from "#description";
import type {SessionFacts} from "./facts.ts";
import {accountsOf, constantOf, countOf} from "./published-values.ts";

/** The session by the chain's own description; undefined where it publishes none, as chains of Aura alone do. */
export function readSession(reader: StateReader): SessionFacts | undefined {
  const index = countOf(reader.read("Session.CurrentIndex"));
  const validators = accountsOf(reader.read("Session.Validators"));
  if (index === undefined || validators === undefined) return undefined;
  return {index, validators, queued: readQueued(reader), ...readRotation(reader)};
}

function readQueued(reader: StateReader): SessionFacts["queued"] {
  const queued = reader.read("Session.QueuedKeys");
  return Array.isArray(queued) ? accountsOf(queued.map(pair => pair?.[0])) : undefined;
}

/** How a periodic session ends (pallet_session), on chains that publish how long one is: most do not. */
function readRotation(reader: StateReader): Pick<SessionFacts, "period" | "nextRotation"> {
  const period = countOf(constantOf(reader, "Session.Period"));
  const offset = countOf(constantOf(reader, "Session.Offset"));
  const number = countOf(reader.read("System.Number"));
  if (period === undefined || period === 0) return {period: undefined, nextRotation: undefined};
  if (offset === undefined || number === undefined) return {period, nextRotation: undefined};
  if (number < offset) return {period, nextRotation: offset};
  return {period, nextRotation: number + period - ((number - offset) % period)};
}
