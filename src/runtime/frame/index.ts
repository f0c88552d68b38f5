/**
 * How a pallet is declared. Each storage item, call, event, error and constant is stated once, with its codec;
 * storage keys, dispatch, TypeScript types and metadata follow from the statement.
 *
 * A pallet is built by a function that is given its place in the runtime (`PalletScope`), its configuration and
 * the other pallets it leans on, and returns a `Pallet` with whatever else it offers to others. State is passed
 * into every function (`Externalities`): a pallet object holds none.
 *
 * Out of scope: the order in which pallets run (`executive`) and which of them a chain has (`chains`).
 */
export * from "./call.ts";
export {type Constant, constant} from "./constants.ts";
export {ROCKS_DB_WEIGHT, reads, writes} from "./db-weight.ts";
export {Dispatcher} from "./dispatch.ts";
export {errorName} from "./error-name.ts";
export {type ErrorDeclaration, errorInfo} from "./errors.ts";
export {type Depositor, type EventDeclaration, type EventSink, eventCodec} from "./events.ts";
export {type ExtensionInput, extension, type SignedExtension} from "./extension.ts";
export {lookup} from "./lookup.ts";
export * from "./origin.ts";
export type {Hooks, InherentError, InherentProvider, Pallet} from "./pallet.ts";
export {callInfo, type RuntimeCall, runtimeCallCodec} from "./runtime-call.ts";
export {type RuntimeEvent, runtimeEventCodec} from "./runtime-event.ts";
export {PalletScope} from "./scope.ts";
export {type StorageEntry, StorageMap, StorageScope, StorageValue} from "./storage.ts";
export {hashedKey} from "./storage-hasher.ts";
export {RuntimeTrap, trap} from "./trap.ts";
