import {randomBytes} from "node:crypto";
import {bytesToHex} from "#base";
import {createPortableKeyPairs, type SignatureScheme} from "#crypto";
import {
  describeKeystoreFailure,
  isKeyType,
  isKeyTypeId,
  KEY_TYPES,
  knownScheme,
  openDiskKeystore,
  takesScheme,
} from "#keystore";
import {readSecretUri, refuseSecret} from "./secret-input.ts";
import {FAILURE, refuse, SUCCESS, type Terminal, USAGE} from "./terminal.ts";

export interface InsertOptions {
  /** Folder of the keystore; made when missing. */
  readonly keystorePath: string;
  /** `aura`, `gran`, or any other of four characters. */
  readonly keyType: string;
  /** Of a type whose scheme is known it must be that, or another that some chains have for it; of another it must be said. */
  readonly scheme?: SignatureScheme | undefined;
  /** A secret URI, or a file that holds one; standard input where it is missing. */
  readonly suri?: string | undefined;
  /** The keystore's password, which the node needs as well. */
  readonly password?: string | undefined;
}

/** Stores a secret in a node's keystore, and says the public key that it makes. */
export async function keyInsert(options: InsertOptions, io: Terminal): Promise<number> {
  const {keyType, keystorePath, password} = options;
  const known = isKeyTypeId(keyType) ? knownScheme(keyType) : undefined;
  const isAnother =
    options.scheme !== undefined && isKeyType(keyType) && takesScheme(keyType, options.scheme);
  const scheme = isAnother ? options.scheme : (known ?? options.scheme);
  if (!isKeyTypeId(keyType) || scheme === undefined) {
    const names = Object.keys(KEY_TYPES).join(", ");
    return refuse(
      io,
      "key-type-unknown",
      `no key type is called ${keyType}`,
      `one of ${names}; or the four characters of another, with --scheme`,
      USAGE,
    );
  }
  if (options.scheme !== undefined && options.scheme !== scheme) {
    const what = `${keyType} keys are ${scheme}, not ${options.scheme}`;
    return refuse(io, "scheme-mismatch", what, `--scheme ${scheme}, or leave it out`, USAGE);
  }
  const suri = await readSecretUri(options.suri, io);
  const keyPairs = createPortableKeyPairs(randomBytes);
  const pair = keyPairs.fromUri(scheme, suri, password);
  if (!pair.ok) return refuseSecret(io, pair.error);
  const keystore = openDiskKeystore({directory: keystorePath, password}, {keyPairs, randomBytes});
  const inserted = keystore.ok
    ? keystore.value.insert(keyType, suri, pair.value.publicKey)
    : keystore;
  if (!inserted.ok) {
    io.stderr(describeKeystoreFailure(inserted.error));
    return FAILURE;
  }
  io.stdout(bytesToHex(pair.value.publicKey));
  return SUCCESS;
}
