import {bytesToHex, err, ok, type Result} from "#base";
import {type ChainSpec, genesisToStore} from "#chain-spec";
import {describeUnusable, type Runtimes} from "#core";
import {type CryptoSuite, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {apiVersion, auraAuthorities, describeApiFailure, grandpaAuthorities} from "#runtime-api";
import {Overlay} from "#state";
import {genesisMakers} from "./runtimes.ts";

/** Who begins a chain, as far as their secrets are known to everybody. */
export interface DevelopmentAuthors {
  /** Secret URIs in the order of their turns; undefined for a key of somebody else. */
  readonly uris: readonly (string | undefined)[];
  /** Those who make its blocks final are such accounts too, where the runtime names any. */
  readonly areVotersKnown: boolean;
  /** Blocks of the chain say what a relay chain is like. */
  readonly isParachain: boolean;
}

/** Numbered collators that are looked for beside the well-known accounts. */
const NUMBERED = 64;

/** The authors of a chain's first state; the failure is a reason in words. */
export function developmentAuthors(
  spec: ChainSpec,
  crypto: CryptoSuite,
  runtimes: Runtimes,
): Result<DevelopmentAuthors, string> {
  const genesis = genesisToStore(spec.genesis, genesisMakers(crypto, runtimes));
  if (!genesis.ok) return err(genesis.error.what);
  const {state} = genesis.value;
  const runtime = runtimes.runtimeOf(state);
  if (!runtime.ok) return err(describeUnusable(runtime.error));
  const host = {state: new Overlay(state), verifySignature: () => false};
  const keys = auraAuthorities(runtime.value, host);
  if (!keys.ok) return err(describeApiFailure(keys.error));
  const isParachain = apiVersion(runtime.value, "CollectCollationInfo") !== undefined;
  const voters =
    apiVersion(runtime.value, "GrandpaApi") === undefined
      ? ok([])
      : grandpaAuthorities(runtime.value, {...host, state: new Overlay(state)});
  const votersOfAll = voters.ok ? voters.value.map(([key]) => key) : [];
  return ok({
    uris: urisOf(keys.value, crypto),
    areVotersKnown: voters.ok && urisOf(votersOfAll, crypto).every(uri => uri !== undefined),
    isParachain,
  });
}

function urisOf(keys: readonly Uint8Array[], {keyPairs}: CryptoSuite): (string | undefined)[] {
  const wanted = new Set(keys.map(bytesToHex));
  const found = new Map<string, string>();
  const note = (uri: string, ...publicKeys: readonly Uint8Array[]) => {
    for (const key of publicKeys.map(bytesToHex)) if (wanted.has(key)) found.set(key, uri);
  };
  for (const {uri, sr25519, ed25519} of WELL_KNOWN_ACCOUNTS) note(uri, sr25519, ed25519);
  // To derive a key takes a while.
  for (let i = 1; i <= NUMBERED && found.size < wanted.size; i++) {
    const uri = `//Collator//${i}`;
    for (const scheme of ["sr25519", "ed25519"] as const) {
      const pair = keyPairs.fromUri(scheme, uri);
      if (pair.ok) note(uri, pair.value.publicKey);
    }
  }
  return keys.map(key => found.get(bytesToHex(key)));
}
