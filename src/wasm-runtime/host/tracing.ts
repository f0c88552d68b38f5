import {data, u64} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("tracing");

/** Spans by which a node measures its runtime (sp-tracing). Nobody listens, and a runtime that asks is told so: none are made. */
export const tracingFunctions: readonly HostFunction[] = [
  define("wasm_tracing_enabled_version_1", [data], "i32", () => 0),
  define("wasm_tracing_enter_span_version_1", [data], "i64", () => 0n),
  define("wasm_tracing_event_version_1", [data], "nothing", () => {}),
  define("wasm_tracing_exit_version_1", [u64], "nothing", () => {}),
];
