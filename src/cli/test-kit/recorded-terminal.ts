import type {Terminal} from "../key/index.ts";

/** What a command wrote, by where it wrote it and as a person sees it. */
export interface RecordedTerminal extends Terminal {
  /** Of standard output. */
  readonly lines: readonly string[];
  /** Of standard error, progress among them. */
  readonly errors: readonly string[];
  /** Both, in the order in which they came. */
  readonly shown: readonly string[];
}

export function recordedTerminal(): RecordedTerminal {
  const lines: string[] = [];
  const errors: string[] = [];
  const shown: string[] = [];
  const stderr = (line: string) => {
    errors.push(line);
    shown.push(line);
  };
  return {
    lines,
    errors,
    shown,
    stdout(line) {
      lines.push(line);
      shown.push(line);
    },
    stderr,
    progress: stderr,
    raw: () => {},
    readBytes: async () => new Uint8Array(0),
    readStdin: async () => "",
  };
}
