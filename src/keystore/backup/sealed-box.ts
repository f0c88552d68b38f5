import {createCipheriv, createDecipheriv, randomBytes, scryptSync} from "node:crypto";

/** How a passphrase becomes a key: scrypt's own three costs, and what keeps equal passphrases apart. */
export interface KeyDerivation {
  readonly name: "scrypt";
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
}

/**
 * 128 MiB and about half a second a guess: what RFC 7914's authors ask of files, times eight. A backup is opened once
 * in a blue moon, and a stolen one is guessed at for years.
 */
const COST = {n: 131_072, r: 8, p: 1};
/** A file must not make its reader take more memory or time than this. */
const MOST = {n: 1_048_576, r: 16, p: 16};
const MEMORY_MARGIN = 2;
const SALT_SIZE = 16;
const NONCE_SIZE = 12;
const TAG_SIZE = 16;
const KEY_SIZE = 32;
const CIPHER = "aes-256-gcm";

export const freshDerivation = (): KeyDerivation => ({
  name: "scrypt",
  ...COST,
  salt: randomBytes(SALT_SIZE).toString("hex"),
});

/** Whether a derivation read from a file is one that may be run. */
export function isBearable({name, n, r, p, salt}: KeyDerivation): boolean {
  const within = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most;
  const isPowerOfTwo = n > 1 && (n & (n - 1)) === 0;
  return (
    name === "scrypt" &&
    within(n, MOST.n) &&
    isPowerOfTwo &&
    within(r, MOST.r) &&
    within(p, MOST.p) &&
    /^[0-9a-f]{32,}$/.test(salt)
  );
}

function keyFrom(passphrase: string, {n, r, p, salt}: KeyDerivation): Buffer {
  return scryptSync(passphrase.normalize("NFKC"), Buffer.from(salt, "hex"), KEY_SIZE, {
    N: n,
    r,
    p,
    maxmem: 128 * n * r * MEMORY_MARGIN,
  });
}

/** Nonce, ciphertext and tag, one after the other, in hex. `context` is not hidden, and cannot be changed unseen. */
export function seal(
  plain: string,
  context: string,
  passphrase: string,
  derivation: KeyDerivation,
): string {
  const nonce = randomBytes(NONCE_SIZE);
  const cipher = createCipheriv(CIPHER, keyFrom(passphrase, derivation), nonce);
  cipher.setAAD(Buffer.from(context));
  const hidden = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString("hex");
}

/** Undefined for another passphrase, or where a single bit is another. */
export function unseal(
  sealed: string,
  context: string,
  passphrase: string,
  derivation: KeyDerivation,
): string | undefined {
  const bytes = Buffer.from(sealed, "hex");
  if (bytes.length < NONCE_SIZE + TAG_SIZE) return undefined;
  const decipher = createDecipheriv(
    CIPHER,
    keyFrom(passphrase, derivation),
    bytes.subarray(0, NONCE_SIZE),
  );
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_SIZE));
  try {
    const plain = decipher.update(bytes.subarray(NONCE_SIZE, bytes.length - TAG_SIZE));
    return Buffer.concat([plain, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
