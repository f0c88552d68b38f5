import type {StateReader} from "#description";
import type {SessionFacts, UnpublishedRules} from "./facts.ts";
import {accountsOf, constantOf, countOf} from "./published-values.ts";

/** The session by the chain's own description; undefined where it publishes none, as chains of Aura alone do. */
export function readSession(
  reader: StateReader,
  rules?: Pick<UnpublishedRules, "period">,
): SessionFacts | undefined {
  const index = countOf(reader.read("Session.CurrentIndex"));
  const validators = accountsOf(reader.read("Session.Validators"));
  if (index === undefined || validators === undefined) return undefined;
  return {index, validators, queued: readQueued(reader), ...readRotation(reader, rules)};
}

function readQueued(reader: StateReader): SessionFacts["queued"] {
  const queued = reader.read("Session.QueuedKeys");
  return Array.isArray(queued) ? accountsOf(queued.map(pair => pair?.[0])) : undefined;
}

/** How a periodic session ends (pallet_session), on chains that publish how long one is; most do not, and it is known otherwise. */
function readRotation(
  reader: StateReader,
  rules: Pick<UnpublishedRules, "period"> | undefined,
): Pick<SessionFacts, "period" | "nextRotation"> {
  const published = countOf(constantOf(reader, "Session.Period"));
  const period = published ?? rules?.period;
  const offset = published === undefined ? 0 : countOf(constantOf(reader, "Session.Offset"));
  const number = countOf(reader.read("System.Number"));
  if (period === undefined || period === 0) return {period: undefined, nextRotation: undefined};
  if (offset === undefined || number === undefined) return {period, nextRotation: undefined};
  if (number < offset) return {period, nextRotation: offset};
  return {period, nextRotation: number + period - ((number - offset) % period)};
}
