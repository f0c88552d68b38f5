/**
 * Runs genuine Substrate runtimes: the WebAssembly that a chain keeps under `:code`, compiled by the JavaScript engine, with
 * the host functions that it imports over our own state and cryptography. What a block comes to here has to be what it comes
 * to on every other node of its chain, to the bit: how memory is given out, what a host function counts, when a call fails.
 *
 * A call is given an instance whose data is as the module brought it, and an empty heap (`instance`); it asks the host by
 * functions of one table (`host`); what it answers is copied out. If anything cuts it short, it is a trap, and its
 * instance is thrown away; a part of the state that is not at hand is told apart, by the seam.
 *
 * Out of scope: runtimes that are programs of ours (`runtime`), off-chain workers, PolkaVM, modules of 2019.
 */
export {createRuntime, DEFAULT_HEAP_PAGES, type RuntimeOptions} from "./create-runtime.ts";
export {HOST_FUNCTIONS, type HostFunction, type HostGroup, type RuntimeLog} from "./host/index.ts";
export {PreparedCodes} from "./prepared-codes.ts";
export {createWasmEngine} from "./wasm-engine.ts";
export {GivenUp, type WasmRuntimeOfVersion, type Within} from "./wasm-runtime.ts";
