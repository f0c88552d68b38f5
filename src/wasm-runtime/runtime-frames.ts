import {readableName} from "./symbols/index.ts";

/** A frame of a module's in a stack as V8 writes it; modules built from Rust carry the names of their functions. */
const FRAME = /^\s+at (?:(\S.*) \()?wasm:\/\/wasm\/[^:]*:wasm-function\[(\d+)\]/;
/** V8 puts the name of a module before those of its functions, where it has one. */
const MODULE = /^[\w-]+\.wasm\./;
/** Frames that are looked at: panicking itself takes some eight of them. */
const LOOKED_AT = 40;
/** Frames that are told: the innermost, where it happened. */
const MOST = 20;

/** What a runtime's functions do when there is nothing else to do: by which crate, and by which function of it. */
const PANICKING = new RegExp(
  [
    String.raw`^(?:core|std)::panicking\b`,
    "^(?:core|std)::rt::panic",
    "^(?:__rustc::)?_*(?:rust_panic|rust_begin_unwind|rust_start_panic|rust_end_short_backtrace)",
    "^std::sys(?:_common)?::backtrace::",
    "^std::alloc::(?:rust_oom|handle_alloc_error|default_alloc_error_hook)",
    "^(?:__rustc::)?_*rust_(?:alloc_error_handler|oom)",
    "^alloc::(?:alloc::handle_alloc_error|raw_vec::(?:handle_error|capacity_overflow))",
    "^core::(?:option|result)::(?:expect|unwrap)_failed",
    String.raw`^core::(?:slice::index|slice|str)::\w*_fail\w*`,
    "^sp_io::(?:on_panic|panic|oom)",
    String.raw`^sp_core::.*\bpanic_handler\b`,
  ].join("|"),
);

/** Runs a call in such a way that an error which ends it has as much of its stack as is looked at. */
export function withWholeStack<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = LOOKED_AT;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/**
 * Names of the module's functions in a stack, the innermost first; of one without a name its number. Those that do the
 * panicking are left out, unless there is nothing else.
 */
export function runtimeFrames(error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const names = stack
    .split("\n")
    .map(line => FRAME.exec(line))
    .filter(frame => frame !== null)
    .map(([, name, index]) =>
      name === undefined ? `function ${index}` : readableName(name.replace(MODULE, "")),
    );
  const first = names.findIndex(name => !PANICKING.test(name));
  return names.slice(Math.max(0, first), Math.max(0, first) + MOST);
}
