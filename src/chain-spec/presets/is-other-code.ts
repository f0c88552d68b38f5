import {ourVersion} from "#runtime";
import {isPacked} from "#runtime-api";
import {wasmSections} from "#wasm";

/** Whether code is a runtime that is none of ours: ours are never compressed, and carry a mark. */
export const isOtherCode = (code: Uint8Array): boolean =>
  isPacked(code) || (wasmSections(code).ok && ourVersion(code) === undefined);
