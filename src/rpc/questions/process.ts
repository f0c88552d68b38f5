/** What the node's process takes, as its operator would see it from outside, and what only it knows. */
export interface ProcessStatus {
  /** Milliseconds since it was started. */
  readonly uptime: number;
  /** Seconds of processor time, all threads together. */
  readonly cpuSeconds: number;
  /** Bytes: all of it, what JavaScript holds of it, and what lies outside in buffers. */
  readonly memory: {readonly resident: number; readonly heap: number; readonly buffers: number};
  /** By how many milliseconds turns came late since somebody asked before; undefined for the first who asks. */
  readonly lateness:
    | {readonly mean: number; readonly worst: number; readonly ninetyNinth: number}
    | undefined;
  /** Bytes that may still be written where the chain lies; undefined where nothing is kept. */
  readonly freeSpace: number | undefined;
  readonly platform: string;
}

export interface ProcessQuestions {
  status(): ProcessStatus;
}
