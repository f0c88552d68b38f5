import {concatBytes, err, ok} from "#base";
import type {CryptoSuite} from "#crypto";
import {type Runtime, type RuntimeEngine, readCodeVersion} from "#runtime-api";
import {wasmSections} from "#wasm";
import {TypeScriptRuntime} from "../../api/index.ts";
import {composeForeign, foreignApis} from "./compose-foreign.ts";
import {FOREIGN_MARKER} from "./foreign-code.ts";
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
  const made = new Map<number, Runtime>();
  return {
    takes({bytes}) {
      const sections = wasmSections(bytes);
      return sections.ok && sections.value.some(({name}) => name === FOREIGN_MARKER);
    },
    runtimeOf({bytes}) {
      const said = readCodeVersion(bytes);
      const version = said.ok ? said.value.specVersion : undefined;
      const release = RELEASES.find(({specVersion}) => specVersion === version);
      if (release === undefined) {
        return err({reason: `there is no toyland ${version} here`, isOfOtherVersion: true});
      }
      const runtime = made.get(release.specVersion) ?? createForeign(hashing, release, unpublished);
      made.set(release.specVersion, runtime);
      return ok(runtime);
    },
  };
}

/** A function's first byte of an error answer; the rest says which. */
const ERR = Uint8Array.of(1);

function createForeign(
  hashing: CryptoSuite["hashing"],
  release: ForeignRelease,
  unpublished: readonly string[],
): Runtime {
  const chain = composeForeign(hashing, release);
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
