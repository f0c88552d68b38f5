import {randomBytes} from "node:crypto";
import {
  generatePhrase,
  isSs58Prefix,
  type SignatureScheme,
  type Ss58Prefix,
  WORD_COUNTS,
} from "#crypto";
import {formatAccount, type OutputType} from "./account-description.ts";
import {describeSecret} from "./described-secret.ts";
import {DEFAULT_NETWORK, refuseNetwork} from "./network.ts";
import {refuseSecret} from "./secret-input.ts";
import {refuse, SUCCESS, type Terminal, USAGE} from "./terminal.ts";

export interface GenerateOptions {
  /** Default 12. */
  readonly words?: number | undefined;
  /** Default sr25519. */
  readonly scheme?: SignatureScheme | undefined;
  /** SS58 prefix, default 30 (Phala and Khala). */
  readonly network?: Ss58Prefix | undefined;
  readonly outputType?: OutputType | undefined;
  /** Needed again whenever the phrase is used. */
  readonly password?: string | undefined;
}

/** A fresh phrase and the account it makes. */
export async function keyGenerate(options: GenerateOptions, io: Terminal): Promise<number> {
  const words = WORD_COUNTS.find(count => count === (options.words ?? 12));
  if (words === undefined) {
    const choices = WORD_COUNTS.join(", ");
    return refuse(
      io,
      "words-unknown",
      `no phrase has ${options.words} words`,
      `one of ${choices}`,
      USAGE,
    );
  }
  const network = options.network ?? DEFAULT_NETWORK;
  if (!isSs58Prefix(network)) return refuseNetwork(io, network);
  const phrase = generatePhrase(words, randomBytes);
  const described = describeSecret(options.scheme ?? "sr25519", phrase, network, options.password);
  if (!described.ok) return refuseSecret(io, described.error);
  formatAccount(described.value, options.outputType ?? "text").forEach(line => {
    io.stdout(line);
  });
  return SUCCESS;
}
