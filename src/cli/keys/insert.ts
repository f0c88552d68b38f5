import {existsSync} from "node:fs";
import {bytesToHex, concatBytes, equalBytes, hexToBytes} from "#base";
import type {CryptoSuite} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {KEY_TYPES, type KeyTypeId, knownScheme} from "#keystore";
import {genesisKeyKinds, schemeOfKind} from "#node";
import type {SessionKeyKind} from "#runtime-api";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {readSecretFile} from "../desk/read-secret-file.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";
import {keysError} from "./keystore-errors.ts";
import {type KeystorePlace, keystorePlace} from "./keystore-place.ts";
import {openKeystore} from "./open-keystore.ts";

const ALL: readonly KeyTypeId[] = Object.keys(KEY_TYPES);

/** Puts session keys from one secret into a keystore, and only those that they are said to be. */
export async function insertKeys(values: FlagValues, terminal: Terminal): Promise<number> {
  const given = values.one("key-type");
  if (given !== undefined) refuseUnknown(given);
  const place = keystorePlace(values);
  const suri = await readSuri(values.one("suri"), terminal);
  const crypto = await createNativeCrypto();
  const {keyPairs} = crypto;
  const made = kindsOf(place, given, crypto).map(kind => {
    const pair = keyPairs.fromUri(schemeOfKind(kind) ?? "sr25519", suri, place.password);
    if (!pair.ok) throw keysError({code: "secret-invalid", reason: pair.error}, "");
    return {type: kind.keyType, publicKey: pair.value.publicKey};
  });
  const derived = concatBytes(...made.map(({publicKey}) => publicKey));
  refuseOther(values.one("public"), derived);
  const keystore = await openKeystore(place);
  for (const {type, publicKey} of made) {
    const inserted = keystore.insert(type, suri, publicKey);
    if (!inserted.ok) throw keysError(inserted.error, place.keystore);
  }
  const keys = made.map(({type, publicKey}) => ({type, public: bytesToHex(publicKey)}));
  answer(terminal, values, {keys, keystore: place.keystore}, [
    ...keys.map(key => row(key.type, key.public)),
    row("keystore", place.keystore),
  ]);
  return SUCCESS;
}

/** From a file or standard input; on the command line only the names of dev accounts, which are no secret. */
async function readSuri(file: string | undefined, terminal: Terminal): Promise<string> {
  if (file === undefined || file === "-") return (await terminal.readStdin()).trim();
  if (file.startsWith("//")) return file;
  if (existsSync(file)) return readSecretFile(file).trim();
  // Not repeated: it may be the secret itself, which others can see on a command line and a shell remembers.
  throw new DeskError({
    code: "secret-on-command-line",
    what: "--suri takes the name of a file, and there is none of that name",
    todo: "give the secret in a file of mode 600, or on standard input",
  });
}

function refuseUnknown(given: string): void {
  if (knownScheme(given) !== undefined) return;
  throw new DeskError({
    code: "key-type-unknown",
    what: `no key type is called ${given}`,
    todo: `one of ${ALL.join(", ")}, or leave it out for all of the chain's session keys`,
  });
}

/**
 * Those of the chain, in its runtime's order, or the one of them that was named; where no chain was, all that there are, or
 * the one named as most chains have it.
 */
function kindsOf(
  {genesis}: KeystorePlace,
  named: string | undefined,
  crypto: CryptoSuite,
): readonly SessionKeyKind[] {
  const asMost = (keyType: string): SessionKeyKind => ({keyType, scheme: undefined});
  if (genesis === undefined) return (named === undefined ? ALL : [named]).map(asMost);
  const kinds = genesisKeyKinds({genesis}, crypto);
  if (named !== undefined) {
    const own = kinds.ok ? kinds.value.find(({keyType}) => keyType === named) : undefined;
    return [own ?? asMost(named)];
  }
  if (!kinds.ok) {
    throw new DeskError({
      code: "session-keys-unknown",
      what: "it is not known which session keys the chain has",
      facts: [["reason", kinds.error]],
      todo: `name the type: --key-type ${ALL.join(", or ")}`,
    });
  }
  const strange = kinds.value.find(kind => schemeOfKind(kind) === undefined);
  if (strange === undefined) return kinds.value;
  const types = kinds.value.map(({keyType}) => keyType);
  throw new DeskError({
    code: "key-type-unknown",
    what: `the chain's session keys are ${types.join(", ")}, and nobody here knows of which scheme keys of type ${strange.keyType} are`,
    did: "nothing was stored",
    todo: `name the type: --key-type ${ALL.join(", or ")}`,
  });
}

function refuseOther(expected: string | undefined, derived: Uint8Array): void {
  if (expected === undefined) return;
  const bytes = hexToBytes(expected.startsWith("0x") ? expected : `0x${expected}`);
  if (bytes !== undefined && equalBytes(bytes, derived)) return;
  throw new DeskError({
    code: "key-mismatch",
    what: "the secret makes other keys than those expected",
    facts: [
      ["expected", expected],
      ["derived", bytesToHex(derived)],
    ],
    todo: "check the secret, its path and password, and --key-type; nothing was stored",
  });
}
