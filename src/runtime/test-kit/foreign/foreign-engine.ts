import {concatBytes, ok} from "#base";
import type {CryptoSuite} from "#crypto";
import type {Runtime, RuntimeEngine} from "#runtime-api";
import {wasmSections} from "#wasm";
import {TypeScriptRuntime} from "../../api/index.ts";
import type {CollatorChain} from "../../chains/index.ts";
import {composeForeign, foreignApis} from "./compose-foreign.ts";
import {FOREIGN_MARKER} from "./foreign-code.ts";
import {isMarked, UNKNOWN_REFUSAL} from "./unknown-refusal.ts";

/**
 * Runs the foreign chain, whose code is a module that only this engine takes. With `unpublished`, its metadata is silent
 * about these pallets: to whoever goes by that, it is a chain without them.
 */
export function createForeignEngine(
  {hashing}: Pick<CryptoSuite, "hashing">,
  {
    unpublished = [],
    systemVersion,
  }: {readonly unpublished?: readonly string[]; readonly systemVersion?: number | undefined} = {},
): RuntimeEngine {
  const runtime = createForeign(composeForeign(hashing, systemVersion), unpublished);
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

function createForeign(chain: CollatorChain, unpublished: readonly string[]): Runtime {
  const pallets = chain.composition.pallets.filter(({name}) => !unpublished.includes(name));
  const described = foreignApis({...chain, composition: {...chain.composition, pallets}});
  const apis = foreignApis(chain).map(api =>
    api.name === "Metadata" ? described.find(({name}) => name === api.name)! : api,
  );
  const runtime = new TypeScriptRuntime(chain.composition.version, apis);
  const judges = ["TaggedTransactionQueue_validate_transaction", "BlockBuilder_apply_extrinsic"];
  return {
    version: runtime.version,
    call: (name, args, host) =>
      judges.includes(name) && isMarked(args)
        ? ok(concatBytes(ERR, UNKNOWN_REFUSAL))
        : runtime.call(name, args, host),
  };
}
