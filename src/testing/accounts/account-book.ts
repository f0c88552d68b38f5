import {bytesToHex, hexToBytes, unwrap} from "#base";
import {
  decodeSs58,
  encodeSs58,
  type KeyPair,
  type KeyPairs,
  type Ss58Prefix,
  WELL_KNOWN_ACCOUNTS,
} from "#crypto";
import type {AccountName} from "../api.ts";

/** An account whose secret is known. */
export interface TestAccount {
  readonly name: string;
  readonly uri: string;
  readonly address: string;
  readonly publicKey: Uint8Array;
  /** Its session keys. */
  readonly keys: {readonly aura: Uint8Array; readonly grandpa: Uint8Array};
}

/** The secret of a node's account: `//Alice` of `alice`, `//Collator//3` of `collator-3`, `//Zoe` of `zoe`. */
function uriOf(name: string): string {
  const numbered = /^collator-(\d+)$/.exec(name)?.[1];
  if (numbered !== undefined) return `//Collator//${numbered}`;
  return name.startsWith("//") ? name : `//${name[0]!.toUpperCase()}${name.slice(1)}`;
}

/** A name, or a path of secrets: an address that does not read, or a phrase, is no name. */
const NAME = /^(?:[A-Za-z][A-Za-z0-9_-]{0,31}|(?:\/\/?[^/\s]+)+)$/;

/** Who is who: names that people read, for the bytes that the chain knows. */
export class AccountBook {
  readonly #keyPairs: KeyPairs;
  readonly #prefix: Ss58Prefix;
  readonly #byName = new Map<string, TestAccount>();
  readonly #names = new Map<string, string>();

  constructor(keyPairs: KeyPairs, prefix: Ss58Prefix) {
    this.#keyPairs = keyPairs;
    this.#prefix = prefix;
    for (const {name, sr25519} of WELL_KNOWN_ACCOUNTS) {
      this.#names.set(
        bytesToHex(sr25519),
        name.replace(/^./, first => first.toLowerCase()),
      );
    }
  }

  /** Gives an account that is not somebody's a name, such as the pot. */
  call(publicKey: Uint8Array, name: string): void {
    this.#names.set(bytesToHex(publicKey), name);
  }

  /** The account of a node's name or of a secret URI. */
  known(name: AccountName): TestAccount {
    const found = this.#byName.get(name);
    if (found !== undefined) return found;
    if (!NAME.test(name)) this.#unknown(name);
    const uri = uriOf(name);
    const {publicKey} = this.#pair("sr25519", uri);
    const account: TestAccount = {
      name: this.#names.get(bytesToHex(publicKey)) ?? name,
      uri,
      address: encodeSs58(publicKey, this.#prefix),
      publicKey,
      keys: {aura: publicKey, grandpa: this.#pair("ed25519", uri).publicKey},
    };
    this.#byName.set(name, account);
    this.#names.set(bytesToHex(publicKey), account.name);
    return account;
  }

  publicKey(name: AccountName): Uint8Array {
    if (name.startsWith("0x")) return hexToBytes(name) ?? this.#unknown(name);
    for (const [hex, known] of this.#names) if (known === name) return hexToBytes(hex)!;
    const address = decodeSs58(name);
    return address.ok ? address.value.bytes : this.known(name).publicKey;
  }

  /** What to call an account: its name, or its address. */
  nameOf(publicKey: Uint8Array): string {
    return this.#names.get(bytesToHex(publicKey)) ?? encodeSs58(publicKey, this.#prefix);
  }

  addressOf(publicKey: Uint8Array): string {
    return encodeSs58(publicKey, this.#prefix);
  }

  /** Whether a text is the name of somebody who is known here, or a path of secrets. */
  hasName(text: string): boolean {
    return text.startsWith("//") || [...this.#names.values()].includes(text);
  }

  /** Whether two texts are one account, each by its name, path, address or public key. */
  isSame(one: string, other: string): boolean {
    const keyOf = (text: string) =>
      text.startsWith("0x") || this.hasName(text) || decodeSs58(text).ok
        ? bytesToHex(this.publicKey(text))
        : undefined;
    const key = keyOf(one);
    return key !== undefined && key === keyOf(other);
  }

  isNamed(publicKey: Uint8Array): boolean {
    return this.#names.has(bytesToHex(publicKey));
  }

  signer(name: AccountName): KeyPair {
    return this.#pair("sr25519", this.known(name).uri);
  }

  #pair(scheme: "sr25519" | "ed25519", uri: string): KeyPair {
    return unwrap(this.#keyPairs.fromUri(scheme, uri));
  }

  /** As rehearsals take it: what is written out as it stands, names by their secrets. */
  text(name: AccountName): string {
    return name.startsWith("0x") || decodeSs58(name).ok ? name : this.known(name).uri;
  }

  #unknown(name: string): never {
    throw new Error(
      `${name === "" ? "nothing" : name} is no account: give a name such as alice, a path such as //Zoe, an address, or a public key as 0x and hex`,
    );
  }
}
