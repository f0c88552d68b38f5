import type {Terminal} from "../key/index.ts";

/** Lines in the order in which they came, progress among them. */
export interface RecordedTerminal extends Terminal {
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

export function recordedTerminal(): RecordedTerminal {
  const lines: string[] = [];
  const errors: string[] = [];
  return {
    lines,
    errors,
    stdout: line => lines.push(line),
    stderr: line => errors.push(line),
    progress: line => lines.push(line),
    raw: () => {},
    readBytes: async () => new Uint8Array(0),
    readStdin: async () => "",
  };
}
