import {existsSync, readFileSync, statSync} from "node:fs";
import type {SecretUriFailure} from "#crypto";
import {refuse, type Terminal} from "./terminal.ts";

/** The secret URI: from the file of that name, where there is one, as it is written, or from standard input. */
export async function readSecretUri(suri: string | undefined, io: Terminal): Promise<string> {
  if (suri === undefined) return (await io.readStdin()).trim();
  return isFile(suri) ? readFileSync(suri, "utf8").trim() : suri;
}

/** `/dev/stdin` and a shell's `<(…)` are read as files are; a folder is not. */
const isFile = (path: string): boolean =>
  !path.includes("\0") && existsSync(path) && !statSync(path).isDirectory();

const REASONS: Readonly<Record<Exclude<SecretUriFailure["code"], "uri-empty">, string>> = {
  "uri-syntax": "it is not of the form WORDS//hard/soft///password",
  "phrase-invalid": "a word is not in the English list, or the checksum is wrong",
  "seed-not-hex": "what follows 0x is not hex",
  "seed-length": "a seed is 32 bytes, 64 hex digits",
  "seed-not-a-key": "this seed is no secp256k1 key",
  "soft-derivation-unsupported": "only sr25519 has soft junctions (one slash)",
};

export function refuseSecret(io: Terminal, failure: SecretUriFailure): number {
  if (failure.code === "uri-empty") {
    return refuse(
      io,
      "secret-empty",
      "the secret is empty: that would be the phrase that everybody has",
      "see what the file or the pipe it comes from holds; //Alice is written out",
    );
  }
  return refuse(
    io,
    "secret-invalid",
    `the secret cannot be used: ${REASONS[failure.code]}`,
    "give a phrase, a 0x seed or a path like //Alice, in a file or on standard input",
  );
}
