import {concatBytes, ok} from "#base";
import type {CryptoSuite} from "#crypto";
import type {Runtime, RuntimeEngine} from "#runtime-api";
import {TypeScriptRuntime} from "../../api/index.ts";
import {composeForeign, type ForeignKind, foreignApis} from "./compose-foreign.ts";
import {foreignKind} from "./foreign-code.ts";
import {isMarked, UNKNOWN_REFUSAL} from "./unknown-refusal.ts";

/**
 * Runs the foreign chain, whose code is a module that only this engine takes. With `unpublished`, its metadata is silent
 * about these pallets: to whoever goes by that, it is a chain without them.
 */
export function createForeignEngine(
  {hashing}: Pick<CryptoSuite, "hashing">,
  {unpublished = []}: {readonly unpublished?: readonly string[]} = {},
): RuntimeEngine {
  const made = new Map<ForeignKind, Runtime>();
  return {
    takes: ({bytes}) => foreignKind(bytes) !== undefined,
    runtimeOf({bytes}) {
      const kind = foreignKind(bytes)!;
      let runtime = made.get(kind);
      if (runtime === undefined) {
        runtime = createForeign(hashing, kind, unpublished);
        made.set(kind, runtime);
      }
      return ok(runtime);
    },
  };
}

/** A function's first byte of an error answer; the rest says which. */
const ERR = Uint8Array.of(1);

function createForeign(
  hashing: CryptoSuite["hashing"],
  kind: ForeignKind,
  unpublished: readonly string[],
): Runtime {
  const chain = composeForeign(hashing, kind);
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
