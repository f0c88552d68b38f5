import {concatBytes, ok} from "#base";
import type {CryptoSuite} from "#crypto";
import type {Runtime, RuntimeEngine} from "#runtime-api";
import {wasmSections} from "#runtime-api";
import {TypeScriptRuntime} from "../../api/index.ts";
import {composeForeign, foreignApis} from "./compose-foreign.ts";
import {FOREIGN_MARKER} from "./foreign-code.ts";
import {isMarked, UNKNOWN_REFUSAL} from "./unknown-refusal.ts";

/** Runs the foreign chain, whose code is a module that only this engine takes. */
export function createForeignEngine({hashing}: Pick<CryptoSuite, "hashing">): RuntimeEngine {
  const runtime = createForeign(hashing);
  return {
    takes({bytes}) {
      const sections = wasmSections(bytes);
      return sections.ok && sections.value.some(({name}) => name === FOREIGN_MARKER);
    },
    runtimeOf: () => ok(runtime),
  };
}

/** A function's first byte of an error answer; the rest says which. */
const ERR = Uint8Array.of(1);

function createForeign(hashing: CryptoSuite["hashing"]): Runtime {
  const chain = composeForeign(hashing);
  const runtime = new TypeScriptRuntime(chain.composition.version, foreignApis(chain));
  const judges = ["TaggedTransactionQueue_validate_transaction", "BlockBuilder_apply_extrinsic"];
  return {
    version: runtime.version,
    call: (name, args, host) =>
      judges.includes(name) && isMarked(args)
        ? ok(concatBytes(ERR, UNKNOWN_REFUSAL))
        : runtime.call(name, args, host),
  };
}
