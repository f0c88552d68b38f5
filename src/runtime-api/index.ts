/**
 * The seam between node and runtime: function names and SCALE bytes, nothing else (docs/ARCHITECTURE.md). The
 * node never learns what a runtime is made of; a runtime never learns where its state lies.
 *
 * Out of scope: any implementation of a runtime (see `runtime`).
 */
export {type ApiName, apiVersion} from "./api-version.ts";
export * from "./calls.ts";
export * from "./code/index.ts";
export * from "./collator-set.ts";
export type {EngineFailure, RuntimeCode, RuntimeEngine} from "./engine.ts";
export {buildGenesis, genesisPreset, genesisPresetNames} from "./genesis-builder.ts";
export {nextNonce} from "./next-nonce.ts";
export {runCall} from "./run-call.ts";
export * from "./runtime.ts";
export {
  askSessionKeyKinds,
  decodeSessionKeys,
  type GeneratedKeys,
  generateSessionKeys,
  readSessionKeys,
  type SessionKeyKind,
  type TypedKey,
} from "./session-keys.ts";
export {askSessionStatus, type SessionStatus, sessionStatus} from "./session-status.ts";
