import {parse, stringify} from "lossless-json";
import {err, invariant, ok, type Result, unwrap} from "#base";
import {bytes, option, result, str, unit, vec} from "#codec";
import {decodeSs58, encodeSs58, WELL_KNOWN_ACCOUNTS} from "#crypto";
import type {AccountId} from "#primitives";
import {method, type RuntimeApi} from "../../api/index.ts";
import type {CollatorChain} from "../../chains/index.ts";
import {writeForeignGenesis} from "./write-foreign-genesis.ts";

/** A configuration as people write it; lists of pairs, as upstream's pallets have them. */
interface Config {
  readonly balances: {readonly balances: readonly (readonly [string, unknown])[]};
  readonly collatorSelection: {
    readonly invulnerables: readonly string[];
    readonly candidacyBond: unknown;
  };
  readonly session: {
    readonly keys: readonly (readonly [
      account: string,
      validator: string,
      keys: Readonly<Record<string, string>>,
    ])[];
  };
  readonly sudo: {readonly key: string | null};
}

const NOBODY: Config = {
  balances: {balances: []},
  collatorSelection: {invulnerables: [], candidacyBond: 0},
  session: {keys: []},
  sudo: {key: null},
};

/** One author, who votes and rules. */
function developers(ss58Prefix: number): Config {
  const [alice] = WELL_KNOWN_ACCOUNTS;
  invariant(alice !== undefined, "somebody is well known");
  const who = encodeSs58(alice.sr25519, ss58Prefix);
  const grandpa = encodeSs58(alice.ed25519, ss58Prefix);
  return {
    ...NOBODY,
    collatorSelection: {invulnerables: [who], candidacyBond: 1},
    session: {keys: [[who, who, {aura: who, grandpa}]]},
    sudo: {key: who},
  };
}

/** `GenesisBuilder`, version 1: how a runtime makes the first state of a chain from a configuration. */
export function genesisBuilderApi(chain: CollatorChain): RuntimeApi {
  const text = (config: Config) => new TextEncoder().encode(stringify(config));
  return {
    name: "GenesisBuilder",
    id: "0xfbc577b9d747efd6",
    version: 1,
    docs: "Builds the first state of a chain.",
    methods: [
      method({
        name: "build_state",
        docs: "Writes the state of a configuration.",
        inputs: {json: bytes},
        output: result(unit, str),
        run(host, {json}): Result<undefined, string> {
          try {
            build(host.state, chain, parse(new TextDecoder().decode(json)) as Config);
          } catch (error) {
            return err(error instanceof Error ? error.message : String(error));
          }
          return ok(undefined);
        },
      }),
      method({
        name: "get_preset",
        docs: "A configuration by name, or the one that others are changes of.",
        inputs: {id: option(str)},
        output: option(bytes),
        run: (_, {id}) =>
          id === undefined
            ? text(NOBODY)
            : id === "development"
              ? text(developers(chain.config.ss58Prefix))
              : undefined,
      }),
      method({
        name: "preset_names",
        docs: "Names of configurations.",
        inputs: {},
        output: vec(str),
        run: () => ["development"],
      }),
    ],
  };
}

function build(
  state: Parameters<typeof writeForeignGenesis>[0],
  chain: CollatorChain,
  {balances, collatorSelection, session, sudo}: Config,
): void {
  writeForeignGenesis(state, chain, {
    balances: balances.balances.map(([who, amount]) => [account(who), BigInt(String(amount))]),
    invulnerables: collatorSelection.invulnerables.map(account),
    candidacyBond: BigInt(String(collatorSelection.candidacyBond)),
    keys: session.keys.map(([who, _, keys]) => [
      account(who),
      Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, account(key)])),
    ]),
    sudo: sudo.key === null ? undefined : account(sudo.key),
  });
}

const account = (address: string): AccountId => unwrap(decodeSs58(address)).bytes as AccountId;
