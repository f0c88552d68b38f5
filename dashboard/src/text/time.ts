const DAY = 86_400_000;

/** `05:40:20 UTC`, with the date where it is not within a day: as the command line and logs write it. */
export function timeText(at: number, now = Date.now()): string {
  return Math.abs(at - now) < DAY ? dayText(at).slice(DATE_LENGTH) : dayText(at);
}

/** `2026-11-28 05:40:20 UTC`. */
export const dayText = (at: number): string =>
  `${new Date(at).toISOString().slice(0, SECONDS_LENGTH).replace("T", " ")} UTC`;

/** `05:40:20`, on an axis that says of which zone it is. */
export const clockText = (at: number): string =>
  new Date(at).toISOString().slice(DATE_LENGTH, SECONDS_LENGTH);

/** `2026-11-28T`, and up to the seconds. */
const DATE_LENGTH = 11;
const SECONDS_LENGTH = 19;

export function durationText(milliseconds: number): string {
  const value = Math.max(0, milliseconds);
  if (value < 1_000) return `${Math.round(value)} ms`;
  if (value < 10_000) return `${(value / 1_000).toFixed(1)} s`;
  if (value < 120_000) return `${Math.round(value / 1_000)} s`;
  if (value < 7_200_000) return `${Math.round(value / 60_000)} min`;
  if (value < 2 * DAY) return `${(value / 3_600_000).toFixed(1)} h`;
  return `${Math.round(value / DAY)} days`;
}

/** For a clock that runs: `0:42`, `12:03`, `1:02:03`. */
export function countdownText(milliseconds: number): string {
  const total = Math.max(0, Math.ceil(milliseconds / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor(total / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(total % 60)}`
    : `${minutes}:${two(total % 60)}`;
}
