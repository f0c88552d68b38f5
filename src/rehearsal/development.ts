import {bytesToBinary, bytesToHex, hexToBytes, type Millis, type Report, type Result} from "#base";
import {
  type BlockHashing,
  decodeSs58,
  type Hashing,
  type KeyPairs,
  type SignatureScheme,
  uncompressedEcdsaKey,
  WELL_KNOWN_ACCOUNTS,
} from "#crypto";
import type {SessionKeyKind} from "#runtime-api";
import {planckOf} from "./planck-of.ts";
import {unknownKind} from "./session-keys.ts";
import type {ProofSizeMode} from "./settings.ts";
import {attemptRehearsal, stop} from "./stop.ts";
import type {RehearsalCollator, RehearsalWishes} from "./wishes.ts";

/**
 * A rehearsal in the words of who asks for one; all that is left out is as on development chains. An account is a name of the
 * development phrase (`Alice`, `Alice//stash`), a path of it (`//Collator//7`), an address, or hex.
 */
export interface DevelopmentWishes {
  /** Names, or how many. */
  readonly collators?: number | readonly string[] | undefined;
  readonly sudo?: string | undefined;
  readonly council?: readonly string[] | undefined;
  readonly committee?: readonly string[] | undefined;
  /** Beside the well-known accounts: in whole units of the token, `0.5` too. */
  readonly endowed?: readonly (readonly [account: string, amount: string])[] | undefined;
  /** Whether only those in `endowed`, and collators, have anything, instead of the well-known accounts too. */
  readonly endowsNobodyElse?: boolean | undefined;
  readonly keepsAccounts?: boolean | undefined;
  /** By names, as `readNamedState` takes it; paths such as `//Alice` stand for accounts. */
  readonly changes?: readonly unknown[] | undefined;
  readonly code?: Uint8Array | undefined;
  readonly rate?: number | undefined;
  readonly proofSize?: ProofSizeMode | undefined;
}

/** What accounts and amounts are on the chain at hand. */
export interface DevelopmentFacts {
  readonly keyPairs: Pick<KeyPairs, "fromUri">;
  readonly hashing: Hashing;
  readonly keyKinds: readonly SessionKeyKind[];
  readonly schemeOf: (kind: SessionKeyKind) => SignatureScheme | undefined;
  /** Bytes of account ids. */
  readonly accountLength: 20 | 32;
  /** Of the token; undefined where the chain spec says nothing. */
  readonly decimals: number | undefined;
  readonly blockHashing: BlockHashing;
  readonly now: Millis;
}

export const STANDARD_COLLATORS = 4;
/** The first of these are collators where no names are given; all are endowed. */
const NAMES = WELL_KNOWN_ACCOUNTS.map(({name}) => name);
const PEOPLE = NAMES.filter(name => !name.includes("//"));
const ALSO_ENDOWED = ["Gina", "Hank", "Ivan"];
const COUNCIL = ["Alice", "Bob", "Charlie", "Dave", "Eve"];
const COMMITTEE = ["Alice", "Bob", "Charlie"];
const SUDO = "Alice";
/** Whole units of the token. */
const ENDOWMENT = "1000000";
/** Of the chains that most tokens here are of, where a chain spec does not say it. */
const USUAL_DECIMALS = 12;

/** Who has money by a name alone. */
export const isDevelopmentName = (text: string): boolean =>
  NAMES.includes(text) || ALSO_ENDOWED.includes(text);

/** Names that are asked for and stand for accounts of their own all right, which a slip of the pen does too. */
export function unfamiliarNames(asked: DevelopmentWishes): readonly string[] {
  const {collators = [], sudo, council = [], committee = [], endowed = []} = asked;
  const named = [
    ...(typeof collators === "number" ? [] : collators),
    ...(sudo === undefined ? [] : [sudo]),
    ...council,
    ...committee,
    ...endowed.map(([account]) => account),
  ];
  return [...new Set(named)].filter(text => NAME.test(text) && !isDevelopmentName(text));
}

/** The names of the first so many collators. */
export const collatorNames = (count: number): readonly string[] =>
  Array.from({length: count}, (_, i) => PEOPLE[i] ?? `//Collator//${i + 1}`);

/** Secret URIs of the collators that a rehearsal has, in the order of its voters: what their nodes hold keys of. */
export function collatorUris({
  collators = STANDARD_COLLATORS,
}: DevelopmentWishes): readonly string[] {
  const named = typeof collators === "number" ? collatorNames(collators) : collators;
  return named.flatMap(name => developmentUri(name) ?? []);
}

const NAME = /^[A-Z][A-Za-z]*(\/\/[A-Za-z0-9]+)*$/;
const PATH = /^(\/\/[A-Za-z0-9]+)+$/;

/** The secret URI of a name or a path; undefined for what is neither. */
export function developmentUri(text: string): string | undefined {
  if (NAME.test(text)) return `//${text}`;
  return PATH.test(text) ? text : undefined;
}

/** Accounts, keys and planck of what was asked for in words. */
export function developmentWishes(
  asked: DevelopmentWishes,
  facts: DevelopmentFacts,
): Result<RehearsalWishes, Report> {
  return attemptRehearsal(() => {
    const {collators = STANDARD_COLLATORS} = asked;
    const named = typeof collators === "number" ? collatorNames(collators) : collators;
    if (named.length === 0) {
      stop({
        code: "rehearsal-without-collators",
        what: "nobody would make a block",
        todo: "ask for one at least: --collators",
      });
    }
    const names = new Map<string, string>();
    const account = (text: string): Uint8Array => {
      const bytes = accountOfText(text, facts);
      if (!names.has(bytesToBinary(bytes))) names.set(bytesToBinary(bytes), text);
      return bytes;
    };
    const accounts = (texts: readonly string[]) => distinct(texts.map(account));
    const standard = asked.endowsNobodyElse === true ? [] : [...NAMES, ...ALSO_ENDOWED];
    const members = [
      asked.sudo ?? SUDO,
      ...(asked.council ?? COUNCIL),
      ...(asked.committee ?? COMMITTEE),
    ];
    const endowed = new Map<string, readonly [Uint8Array, bigint]>();
    const endow = (text: string, amount: string) => {
      const bytes = account(text);
      const planck = planckOf(amount, facts.decimals ?? USUAL_DECIMALS);
      if (planck === undefined) {
        return stop({
          code: "amount-invalid",
          what: `${amount} is no amount of the token`,
          todo: "write whole units, such as 1000 or 0.5",
        });
      }
      endowed.set(bytesToBinary(bytes), [bytes, planck]);
    };
    for (const text of [...named, ...standard, ...(standard.length > 0 ? members : [])]) {
      endow(text, ENDOWMENT);
    }
    for (const [text, amount] of asked.endowed ?? []) endow(text, amount);
    return {
      collators: named.map(text => collatorOf(text, account(text), facts)),
      sudo: account(asked.sudo ?? SUDO),
      council: accounts(asked.council ?? COUNCIL),
      committee: accounts(asked.committee ?? COMMITTEE),
      endowed: [...endowed.values()],
      keepsAccounts: asked.keepsAccounts ?? false,
      changes: (asked.changes ?? []).map(json => withAccounts(json, account)),
      code: asked.code,
      rate: asked.rate ?? 1,
      realStart: facts.now,
      hashing: facts.blockHashing,
      proofSize: asked.proofSize ?? "unrecorded",
      names,
    };
  });
}

/** JSON with accounts in hex where it has paths of the development phrase (`//Alice`), as nothing else begins. */
function withAccounts(json: unknown, account: (text: string) => Uint8Array): unknown {
  if (typeof json === "string") return PATH.test(json) ? bytesToHex(account(json)) : json;
  if (Array.isArray(json)) return json.map(each => withAccounts(each, account));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, each]) => [name, withAccounts(each, account)]),
  );
}

function distinct(accounts: readonly Uint8Array[]): readonly Uint8Array[] {
  return [...new Map(accounts.map(account => [bytesToBinary(account), account])).values()];
}

function collatorOf(text: string, account: Uint8Array, facts: DevelopmentFacts): RehearsalCollator {
  const uri = developmentUri(text);
  if (uri === undefined) {
    return stop({
      code: "rehearsal-collator-unknown",
      what: `${text} is no development account, and nobody here has the keys of another`,
      todo: "name collators such as Alice, Bob or //Collator//7",
    });
  }
  const keys = facts.keyKinds.map(kind => {
    const scheme = facts.schemeOf(kind) ?? unknownKind(kind, facts.keyKinds);
    return [kind.keyType, publicKeyOf(scheme, uri, facts)] as const;
  });
  return {account, keys: new Map(keys), voter: publicKeyOf("ed25519", uri, facts)};
}

function publicKeyOf(
  scheme: SignatureScheme,
  uri: string,
  {keyPairs}: Pick<DevelopmentFacts, "keyPairs">,
): Uint8Array {
  // Deriving the well-known ones takes a while, and they are written down.
  const known = WELL_KNOWN_ACCOUNTS.find(each => each.uri === uri);
  if (known !== undefined && scheme !== "ecdsa") return known[scheme];
  const pair = keyPairs.fromUri(scheme, uri);
  return pair.ok ? pair.value.publicKey : unknownAccount(uri);
}

function accountOfText(text: string, facts: DevelopmentFacts): Uint8Array {
  const uri = developmentUri(text);
  if (uri !== undefined) return accountOfUri(uri, facts);
  const address = decodeSs58(text);
  const bytes = hexToBytes(text) ?? (address.ok ? address.value.bytes : undefined);
  if (bytes === undefined) return unknownAccount(text);
  if (bytes.length === facts.accountLength) return bytes;
  return stop({
    code: "account-unknown",
    what: `${text} has ${bytes.length} bytes, and accounts of this chain have ${facts.accountLength}`,
    todo: facts.accountLength === 20 ? "give 0x and 40 hex digits" : "give an address of the chain",
  });
}

/** Of 20 bytes: as Ethereum makes them of a key, the last ones of its hash. */
function accountOfUri(uri: string, facts: DevelopmentFacts): Uint8Array {
  if (facts.accountLength === 32) return publicKeyOf("sr25519", uri, facts);
  const key = uncompressedEcdsaKey(publicKeyOf("ecdsa", uri, facts));
  return facts.hashing.keccak256(key).subarray(12);
}

function unknownAccount(text: string): never {
  return stop({
    code: "account-unknown",
    what: `${text.includes(" ") ? "…" : text} is no account`,
    todo: "give a name such as Alice, a path such as //Collator//7, an address, or 0x and hex",
  });
}

/** Of the token, as a chain spec says it; of several tokens the first one's. */
export function decimalsOf({tokenDecimals}: Readonly<Record<string, unknown>>): number | undefined {
  const first: unknown = Array.isArray(tokenDecimals) ? tokenDecimals[0] : tokenDecimals;
  return typeof first === "number" && Number.isInteger(first) && first >= 0 && first <= 38
    ? first
    : undefined;
}
