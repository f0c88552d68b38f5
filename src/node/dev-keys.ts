import {bytesToHex, err, formatReport, ok, type Report, type Result} from "#base";
import {type ChainSpec, genesisToStore} from "#chain-spec";
import type {Runtimes} from "#core";
import {type CryptoSuite, type KeyPairs, type SignatureScheme, secretKeyFromUri} from "#crypto";
import {describeKeystoreFailure, type Keystore, knownScheme} from "#keystore";
import {askSessionKeyKinds, describeApiFailure, type SessionKeyKind} from "#runtime-api";
import {Overlay, type StateView} from "#state";
import type {NodeConfiguration} from "./configuration.ts";
import {rehearsalSettings} from "./rehearsal.ts";
import type {NodeResources} from "./resources.ts";
import {createRuntimes, genesisMakers} from "./runtimes.ts";

/** Nothing is signed while a runtime says which session keys it has. */
const HOST = {verifySignature: () => false};

/**
 * Puts the keys of the well-known accounts asked for into the keystore: the session keys of the chain's runtime, and those
 * that a committee votes with. A chain that cannot be opened says why where it is opened.
 */
export function insertConfiguredKeys(
  {devKeys, finality}: Pick<NodeConfiguration, "devKeys" | "finality">,
  {store, keystore}: Pick<NodeResources, "store" | "keystore">,
  runtimes: Runtimes,
  {keyPairs}: Pick<CryptoSuite, "keyPairs">,
): Result<void, string> {
  if (devKeys.length === 0) return ok();
  const state = store.stateAt(store.best.hash);
  if (state === undefined) return ok();
  const kinds = sessionKeyKindsIn(state, runtimes);
  if (kinds === undefined) return ok();
  if (!kinds.ok) return refuse(unknownKinds(kinds.error));
  const all = finality?.kind === "committee" ? withVotes(kinds.value) : kinds.value;
  return insertDevKeys(keystore, keyPairs, devKeys, all);
}

/**
 * Kinds of the keys that authors of a chain as it begins have: of its session, in its runtime's order, and of those who vote
 * outside of it.
 */
export function genesisKeyKinds(
  spec: Pick<ChainSpec, "genesis">,
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
): Result<readonly SessionKeyKind[], string> {
  const block = genesisToStore(spec.genesis, genesisMakers(crypto));
  if (!block.ok) return err(block.error.what);
  const kinds = sessionKeyKindsIn(block.value.state, createRuntimes(crypto));
  if (kinds === undefined) return err("this program cannot run the chain's runtime");
  const settings = rehearsalSettings(spec);
  const hasCommittee = settings.ok && settings.value !== undefined;
  return kinds.ok ? ok(hasCommittee ? withVotes(kinds.value) : kinds.value) : kinds;
}

/** With the keys of a committee, which stands outside of the runtime. */
const withVotes = (kinds: readonly SessionKeyKind[]): readonly SessionKeyKind[] =>
  kinds.some(({keyType}) => keyType === "gran")
    ? kinds
    : [...kinds, {keyType: "gran", scheme: undefined}];

/** Why not in words; undefined where this program cannot run the state. */
function sessionKeyKindsIn(
  state: StateView,
  runtimes: Runtimes,
): Result<readonly SessionKeyKind[], string> | undefined {
  const runtime = runtimes.runtimeOf(state);
  if (!runtime.ok) return undefined;
  const kinds = askSessionKeyKinds(runtime.value, {...HOST, state: new Overlay(state)});
  return kinds.ok ? kinds : err(describeApiFailure(kinds.error));
}

const unknownKinds = (reason: string): Report => ({
  code: "session-keys-unknown",
  what: `the chain does not say what session keys it has: ${reason}`,
  did: "no key was stored",
  todo: "insert the keys by their type: khala keys insert --key-type TYPE",
});

/** The scheme of a kind of keys, where anybody knows it. */
export const schemeOfKind = ({keyType, scheme}: SessionKeyKind): SignatureScheme | undefined =>
  scheme ?? knownScheme(keyType);

/** Puts keys of these kinds, of each of these secret URIs, into a keystore: all of them, or none where one is of no use here. */
export function insertDevKeys(
  keystore: Keystore,
  keyPairs: KeyPairs,
  uris: readonly string[],
  kinds: readonly SessionKeyKind[],
): Result<void, string> {
  const strange = kinds.find(kind => schemeOfKind(kind) === undefined)?.keyType;
  if (strange !== undefined) {
    const types = kinds.map(({keyType}) => keyType);
    return refuse({
      code: "key-type-unknown",
      what: `the chain's session keys are ${types.join(", ")}, and nobody here knows of which scheme keys of type ${strange} are`,
      did: "no key was stored",
      todo: "leave the well-known account out, and insert the keys of the other types: khala keys insert --key-type TYPE",
    });
  }
  for (const uri of uris) {
    for (const kind of kinds) {
      const inserted = insertDevKey(keystore, keyPairs, uri, kind);
      if (!inserted.ok) return inserted;
    }
  }
  return ok();
}

function insertDevKey(
  keystore: Keystore,
  keyPairs: KeyPairs,
  uri: string,
  kind: SessionKeyKind,
): Result<void, string> {
  const {keyType} = kind;
  const secret = secretKeyFromUri(schemeOfKind(kind) ?? "sr25519", uri);
  if (!secret.ok) return refuse({code: "key-invalid", what: `${uri} is no key`});
  const {publicKey} = keyPairs.fromSecret(secret.value);
  let inserted = keystore.insert(keyType, uri, publicKey);
  const seed = secret.value.exposeSeed();
  if (!inserted.ok && inserted.error.code === "key-mismatch" && seed !== undefined) {
    // The keystore has a password, which makes another key of a phrase and none of a seed.
    inserted = keystore.insert(keyType, bytesToHex(seed), publicKey);
  }
  return inserted.ok ? ok() : err(describeKeystoreFailure(inserted.error));
}

const refuse = (report: Report): Result<never, string> => err(formatReport(report));
