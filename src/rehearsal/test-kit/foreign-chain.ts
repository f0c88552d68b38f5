import {millis, ok, type Result, unwrap} from "#base";
import {type ChainSpec, firstState} from "#chain-spec";
import {type SignatureScheme, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {StateReader} from "#description";
import type {Runtime, SessionKeyKind} from "#runtime-api";
import {memoryState} from "#state";
import {
  createForeignEngine,
  FOREIGN,
  type ForeignRelease,
  foreignSpec,
  soloSpec,
} from "../../runtime/test-kit/foreign/index.ts";
import {runtimeIn} from "../chain-runtime.ts";
import type {WholeState} from "../rehearse.ts";
import type {RehearsalTools} from "../rehearse-spec.ts";

export const crypto = await createNativeCrypto();
const {hashing} = crypto;

export const known = (name: string) => WELL_KNOWN_ACCOUNTS.find(each => each.name === name)!;
export const accountOf = (name: string) => known(name).sr25519;

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {aura: "sr25519", gran: "ed25519"};

/** Moment of every rehearsal in these tests. */
export const NOW = millis(1_800_000_000_000);

const engine = createForeignEngine(crypto);

/** As `node` hands them out, with the engine for the foreign chain. */
export const tools: RehearsalTools = {
  hashing,
  keyPairs: crypto.keyPairs,
  schemeOf: ({keyType, scheme}: SessionKeyKind) => scheme ?? SCHEMES[keyType],
  now: NOW,
  runtimeOf(state): Result<Runtime, string> {
    const bytes = state.get(":code")!;
    const code = {bytes, hash: hashing.blake2b256(bytes)};
    return ok(unwrap(engine.runtimeOf(code, state)));
  },
};

/** One whole token. */
export const TOY = 10n ** BigInt(FOREIGN.token.decimals);

/** Whose chain it is: nobody has a key to these. */
export const STRANGERS = [0x91, 0x92].map(byte => new Uint8Array(32).fill(byte));

const genesis = {
  balances: STRANGERS.map(who => [who, 5_000n * TOY] as const),
  invulnerables: STRANGERS,
  sudo: STRANGERS[0]!,
  candidacyBond: TOY,
};

/** A chain of people who are none of the development accounts that rehearsals name. */
export const foreignChainSpec = (release?: ForeignRelease): ChainSpec =>
  foreignSpec(genesis, crypto, release);

/** One that names its voters itself. With `people`, they are its authors, by their own accounts. */
export const soloChainSpec = (people: readonly string[] = []): ChainSpec => {
  if (people.length === 0) return soloSpec(genesis, STRANGERS, crypto);
  const invulnerables = people.map(accountOf);
  const voters = people.map(name => known(name).ed25519);
  return soloSpec({...genesis, invulnerables}, voters, crypto);
};

export const firstOf = (spec: ChainSpec): WholeState => unwrap(firstState(spec.genesis, tools));

/** What `rehearse` is told of the foreign chain. */
export function foreignChain(state: WholeState = firstOf(foreignChainSpec())) {
  return {...runtimeIn(state, tools), state, hashing};
}

/** Reads a state by the foreign runtime's names. */
export function readerOf(state: WholeState, {description} = foreignChain()): StateReader {
  return new StateReader(description, viewOf(state), hashing);
}

export const viewOf = ({top, children}: WholeState) =>
  memoryState(top, data => hashing.blake2b256(data), 1, children);
