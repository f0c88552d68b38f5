/** How this machine's clock stands to others'. */
export interface ClockStatus {
  /** How far this machine's clock is ahead of others', in milliseconds; undefined while nobody was heard of. */
  readonly offset: number | undefined;
  readonly source: "peers" | "ntp" | undefined;
  readonly isPaused: boolean;
  readonly bound: number;
}
