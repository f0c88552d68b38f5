import {concatBytes, err, ok} from "#base";
import type {CryptoSuite} from "#crypto";
import {type Runtime, type RuntimeEngine, readCodeVersion} from "#runtime-api";
import {TypeScriptRuntime} from "../../api/index.ts";
import {composeForeign, type ForeignKind, foreignApis} from "./compose-foreign.ts";
import {foreignKind} from "./foreign-code.ts";
import {type ForeignRelease, RELEASES} from "./releases.ts";
import {isMarked, UNKNOWN_REFUSAL} from "./unknown-refusal.ts";

/**
 * Runs the foreign chain, whose code is a module that only this engine takes. With `unpublished`, its metadata is silent
 * about these pallets: to whoever goes by that, it is a chain without them.
 */
export function createForeignEngine(
  {hashing}: Pick<CryptoSuite, "hashing">,
  {unpublished = []}: {readonly unpublished?: readonly string[]} = {},
): RuntimeEngine {
  const made = new Map<string, Runtime>();
  return {
    takes: ({bytes}) => foreignKind(bytes) !== undefined,
    runtimeOf({bytes}) {
      const kind = foreignKind(bytes)!;
      const said = readCodeVersion(bytes);
      const version = said.ok ? said.value.specVersion : undefined;
      const release = RELEASES.find(({specVersion}) => specVersion === version);
      if (release === undefined) {
        return err({reason: `there is no toyland ${version} here`, isOfOtherVersion: true});
      }
      const key = `${kind} ${version}`;
      const runtime = made.get(key) ?? createForeign(hashing, {kind, release}, unpublished);
      made.set(key, runtime);
      return ok(runtime);
    },
  };
}

/** A function's first byte of an error answer; the rest says which. */
const ERR = Uint8Array.of(1);

function createForeign(
  hashing: CryptoSuite["hashing"],
  {kind, release}: {readonly kind: ForeignKind; readonly release: ForeignRelease},
  unpublished: readonly string[],
): Runtime {
  const chain = composeForeign(hashing, kind, release);
  const pallets = chain.composition.pallets.filter(({name}) => !unpublished.includes(name));
  const described = foreignApis({...chain, composition: {...chain.composition, pallets}}, release);
  const apis = foreignApis(chain, release).map(api =>
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
