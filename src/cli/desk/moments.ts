const DAY = 86_400_000;

/** `05:40:20 UTC`, with the date where it is not within a day. */
export function momentText(at: number, now: number): string {
  const [date, time] = new Date(at).toISOString().split("T") as [string, string];
  const clock = `${time.slice(0, 8)} UTC`;
  return Math.abs(at - now) < DAY ? clock : `${date} ${clock}`;
}

export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
}
