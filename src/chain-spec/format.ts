import {stringify} from "lossless-json";
import {type BinaryString, binaryToHex, bytesToHex} from "#base";
import type {ChainSpec, ChainSpecHead, GenesisEntries} from "./chain-spec.ts";
import {formatPatch} from "./presets/format-patch.ts";
import type {PresetGenesis} from "./presets/preset-genesis.ts";

/** The document of a chain spec. With `top`, the raw form: every key of the first state. */
export function formatChainSpec(
  {genesis, ...head}: ChainSpec,
  options: {top: GenesisEntries; code: Uint8Array; raw: boolean},
): string {
  const children = genesis.kind === "raw" ? [...genesis.children].sort(byKey) : [];
  const raw = {
    raw: {
      top: shown(options.top),
      childrenDefault: Object.fromEntries(
        children.map(([name, entries]) => [binaryToHex(name), shown(entries)]),
      ),
    },
  };
  const readable = (built: PresetGenesis) => ({
    runtimeGenesis: {code: bytesToHex(options.code), patch: formatPatch(built)},
  });
  const document = {
    ...headOf(head),
    genesis: options.raw || genesis.kind === "raw" ? raw : readable(genesis),
  };
  return `${stringify(document, null, 2)}\n`;
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
