import type {Hex} from "#base";
import type {SecretUriFailure} from "#crypto";

/** Public keys and file names only: no case carries any part of a secret. */
export type KeystoreFailure =
  | {code: "key-not-found"; keyType: string; publicKey: Hex}
  /** It is used by another node as well (`KeyStops`); `what` was seen. */
  | {code: "key-stopped"; keyType: string; publicKey: Hex; what: string}
  /** The secret leads to another key than the one it was given for. */
  | {code: "key-mismatch"; keyType: string; given: Hex; derived: Hex}
  /** No scheme has keys of that length. */
  | {code: "key-length"; keyType: string; given: Hex}
  | {code: "secret-invalid"; reason: SecretUriFailure}
  /** The file's secret leads to another key than its name says; a wrong password does that. */
  | {code: "key-file-mismatch"; file: string; derived: Hex}
  | {code: "key-file-exposed"; file: string; mode: string}
  | {code: "key-file-corrupt"; file: string; expected: string}
  /** `reason` is the system's error code, such as EACCES. */
  | {code: "key-file-unreadable"; file: string; reason: string}
  | {code: "key-file-unwritable"; file: string; reason: string};

/** For people: what happened, then what to do. */
export function describeKeystoreFailure(failure: KeystoreFailure): string {
  switch (failure.code) {
    case "key-not-found":
      return text(
        failure.code,
        `the keystore holds no ${failure.keyType} key ${failure.publicKey}`,
        "khala key insert, or rotate the session keys",
      );
    case "key-stopped":
      return text(
        failure.code,
        `the ${failure.keyType} key ${failure.publicKey} signs nothing: ${failure.what}`,
        `stop the other node that has it, then khala keys resume ${failure.publicKey} --i-have-stopped-the-other-node, with the node's --chain and --base-path`,
      );
    case "key-mismatch":
      return text(
        failure.code,
        `the secret makes the ${failure.keyType} key ${failure.derived}, not ${failure.given}`,
        "check the secret, its path and password, and the public key",
      );
    case "key-length":
      return text(
        failure.code,
        `${failure.given} is no public key of type ${failure.keyType}: they have 32 bytes, or 33 of ecdsa`,
        "check the public key",
      );
    case "secret-invalid":
      if (failure.reason.code === "uri-empty") {
        return text(
          "secret-empty",
          "the secret is empty: that would be the phrase that everybody has",
          "see what the file or the pipe it comes from holds",
        );
      }
      return text(
        failure.code,
        `the secret URI cannot be used (${failure.reason.code})`,
        "write it as WORDS or 0xSEED, then //hard or /soft junctions, then ///password",
      );
    case "key-file-mismatch":
      return text(
        failure.code,
        `${failure.file} holds the secret of ${failure.derived}`,
        "check the keystore's password; if it is right, remove the file and insert the key again",
      );
    case "key-file-exposed":
      return text(
        failure.code,
        `${failure.file} has mode ${failure.mode}: others on this machine can reach the secret`,
        `chmod 600 '${failure.file}', and rotate the key if somebody may have read it`,
      );
    case "key-file-corrupt":
      return text(
        failure.code,
        `${failure.file} is not ${failure.expected}`,
        "restore it, or remove it and insert the key again",
      );
    case "key-file-unreadable":
    case "key-file-unwritable":
      return text(
        failure.code,
        `${failure.file}: ${failure.reason}`,
        "check the owner and the permissions of the folder, and the space on the disk",
      );
  }
}

const text = (code: string, what: string, remedy: string): string =>
  `${code}: ${what}\n  do  ${remedy}`;
