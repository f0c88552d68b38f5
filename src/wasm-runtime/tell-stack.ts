import type {RuntimeLog} from "./host/index.ts";

/** A frame of a module's in a stack as V8 writes it; modules built from Rust carry the names of their functions. */
const FRAME = /^\s+at (?:(\S.*) \()?wasm:\/\/wasm\/[^:]*:wasm-function\[(\d+)\]/;
/** What a compiler adds to a name so that it is the only one. */
const SUFFIX = /::h[0-9a-f]{16}$/;
/** Frames that are told: the innermost, where it happened. Panicking itself takes some eight of them. */
const MOST = 24;

const isCloselyListening = (log: RuntimeLog | undefined): log is RuntimeLog => {
  const level = log?.level();
  return level === "debug" || level === "trace";
};

/** Runs a call; if somebody will be told of its stack, with as much of that as is told. */
export function withWholeStack<T>(log: RuntimeLog | undefined, work: () => T): T {
  if (!isCloselyListening(log)) return work();
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = MOST;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Tells whoever listens closely in which of a runtime's functions a call ended that was cut short, the innermost first. */
export function tellStack(name: string, error: unknown, log: RuntimeLog | undefined): void {
  if (!isCloselyListening(log)) return;
  const frames = runtimeFrames(error instanceof Error ? (error.stack ?? "") : "");
  if (frames.length > 0) log.write("debug", "stack", `${name} ended in ${frames.join(" < ")}`);
}

/** Names of the module's functions in a stack; of one without a name its number. */
export function runtimeFrames(stack: string): readonly string[] {
  return stack
    .split("\n")
    .map(line => FRAME.exec(line))
    .filter(frame => frame !== null)
    .slice(0, MOST)
    .map(([, name, index]) => name?.replace(SUFFIX, "") ?? `function ${index}`);
}
