import {stringify} from "lossless-json";
import {type BinaryString, binaryToHex, bytesToHex, ok, type Report, type Result} from "#base";
import {CODE_KEY} from "#primitives";
import type {
  ChainSpec,
  ChainSpecHead,
  ConfiguredGenesis,
  GenesisEntries,
  SpecGenesis,
} from "./chain-spec.ts";
import {firstState, type GenesisMakers} from "./first-state.ts";
import {formatPatch} from "./presets/format-patch.ts";
import type {PresetGenesis} from "./presets/preset-genesis.ts";

/** The document of a chain spec. The raw form has every key of the first state, and fails where that cannot be built. */
export function formatChainSpec(
  {genesis, ...head}: ChainSpec,
  {isRaw}: {readonly isRaw: boolean},
  makers: GenesisMakers,
): Result<string, Report> {
  const shown =
    isRaw || genesis.kind === "raw" ? rawForm(genesis, makers) : readable(genesis, makers);
  if (!shown.ok) return shown;
  return ok(`${stringify({...headOf(head), genesis: shown.value}, null, 2)}\n`);
}

function rawForm(genesis: SpecGenesis, makers: GenesisMakers): Result<object, Report> {
  const first = firstState(genesis, makers);
  if (!first.ok) return first;
  const {top, children} = first.value;
  return ok({
    raw: {
      top: shown(top),
      childrenDefault: Object.fromEntries(
        [...children].sort(byKey).map(([name, entries]) => [binaryToHex(name), shown(entries)]),
      ),
    },
  });
}

function readable(
  genesis: PresetGenesis | ConfiguredGenesis,
  makers: GenesisMakers,
): Result<object, Report> {
  if (genesis.kind === "configured") {
    const {kind: _, ...config} = genesis.config;
    return ok({runtimeGenesis: {code: bytesToHex(genesis.code), ...config}});
  }
  const first = firstState(genesis, makers);
  if (!first.ok) return first;
  const code = first.value.top.get(CODE_KEY) ?? new Uint8Array(0);
  return ok({runtimeGenesis: {code: bytesToHex(code), patch: formatPatch(genesis)}});
}

function headOf({document, ...head}: ChainSpecHead): Record<string, unknown> {
  if (document !== undefined) {
    // A running node adds its own addresses; all else stands as it was read.
    return head.bootNodes.length === 0 ? {...document} : {...document, bootNodes: head.bootNodes};
  }
  return {
    name: head.name,
    id: head.id,
    chainType: head.chainType,
    bootNodes: head.bootNodes,
    telemetryEndpoints: null,
    protocolId: head.protocolId,
    ...(head.forkId === undefined ? {} : {forkId: head.forkId}),
    properties: head.properties,
    codeSubstitutes: {},
  };
}

const shown = (entries: GenesisEntries) =>
  Object.fromEntries(
    [...entries].sort(byKey).map(([key, value]) => [binaryToHex(key), bytesToHex(value)]),
  );

const byKey = ([a]: readonly [BinaryString, unknown], [b]: readonly [BinaryString, unknown]) =>
  a < b ? -1 : 1;
