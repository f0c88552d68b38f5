import {clockText} from "../text/time.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Distances of marks on an axis of time, in seconds, as people count it: what is shown there has no parts of seconds. */
export const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30].flatMap(each => [each, 60 * each]),
  ...[1, 2, 3, 6, 12].map(each => each * HOUR),
  ...[1, 2, 7].map(each => each * DAY),
].toSorted((one, other) => one - other);

const MINUTES_LENGTH = 5;

/** A mark's words by how far the marks are from each other: a clock with seconds, without them, or a day. All UTC. */
export function markText(seconds: number, distance: number): string {
  const at = seconds * 1_000;
  if (distance >= DAY) return dayOfMonth(at);
  if (distance < 60) return clockText(at);
  // Where a day begins it is named, so that no hour is of an unknown day.
  return seconds % DAY === 0 ? dayOfMonth(at) : clockText(at).slice(0, MINUTES_LENGTH);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dayOfMonth(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}
