import {stringify} from "lossless-json";
import {type BinaryString, binaryToHex, bytesToHex} from "#base";
import {encodeSs58} from "#crypto";
import {KHALA_SS58_PREFIX} from "#runtime";
import type {ChainSpec, ChainSpecHead, GenesisEntries, SpecGenesis} from "./chain-spec.ts";
import {PARAMETER_TABLE} from "./parameter-table.ts";

const address = (account: Uint8Array) => encodeSs58(account, KHALA_SS58_PREFIX);

/** The readable form: `runtimeGenesis.patch` with upstream's names, balances as text. */
function patchOf({parameters, genesis}: SpecGenesis & {kind: "built"}): unknown {
  const shown = Object.fromEntries(
    PARAMETER_TABLE.filter(({key}) => key !== "candidacyBond" && key !== "desiredCandidates").map(
      ({key, format}) => [key, format(parameters[key])],
    ),
  );
  return {
    parameters: shown,
    balances: {
      balances: genesis.balances.map(([who, amount]) => [address(who), amount.toString()]),
    },
    collatorSelection: {
      invulnerables: genesis.invulnerables.map(address),
      candidacyBond: parameters.candidacyBond.toString(),
      desiredCandidates: parameters.desiredCandidates,
    },
    session: {
      keys: genesis.sessionKeys.map(([who, keys]) => [
        address(who),
        address(who),
        {aura: address(keys.aura!), grandpa: address(keys.grandpa!)},
      ]),
    },
    sudo: {key: genesis.sudo === undefined ? null : address(genesis.sudo)},
  };
}

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
  const readable = () => ({
    runtimeGenesis: {
      code: bytesToHex(options.code),
      patch: patchOf(genesis as SpecGenesis & {kind: "built"}),
    },
  });
  const document = {
    ...headOf(head),
    genesis: options.raw || genesis.kind === "raw" ? raw : readable(),
  };
  return `${stringify(document, null, 2)}\n`;
}

const shown = (entries: GenesisEntries) =>
  Object.fromEntries(
    [...entries].sort(byKey).map(([key, value]) => [binaryToHex(key), bytesToHex(value)]),
  );

const byKey = ([a]: readonly [BinaryString, unknown], [b]: readonly [BinaryString, unknown]) =>
  a < b ? -1 : 1;

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
