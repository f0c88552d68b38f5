import {statSync} from "node:fs";
import {bytesToHex, formatReport, LruCache, millis, ok, type Report, type Result} from "#base";
import {
  CHAIN_PROPERTIES,
  type ChainSpec,
  checkChain,
  chooseChain,
  collatorsParameters,
  collatorsSpec,
  firstState,
  overrideParameters,
  parseChainSpec,
} from "#chain-spec";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {addressPrefix} from "#description";
import {genesisMakers, readyChain, rehearsalSettings} from "#node";
import {AccountBook} from "../accounts/account-book.ts";
import type {ChainOptions} from "../chain-api.ts";
import {type ProcessShare, processShare} from "./process-share.ts";
import {readFile} from "./read-file.ts";

/** A chain that can be started as often as is wanted: its first state is made. */
export interface ReadyTestChain {
  readonly spec: ChainSpec;
  /** Secret URIs of those who make its blocks. */
  readonly authors: readonly string[];
  /** Whether it has a rehearsal's settings, which say who votes. */
  readonly isRehearsed: boolean;
  readonly accounts: AccountBook;
  readonly share: ProcessShare;
}

type Chosen = Omit<ReadyTestChain, "isRehearsed">;

/** Specs of which chains are kept, and chains of each: tests of one process start few, and each often. */
const KEPT = 8;
/**
 * By the text of a spec, and what is wished of it. A spec is megabytes: who hands over the same string is not made to wait while
 * it is put into a longer one.
 */
const ready = new LruCache<string, LruCache<string, Promise<ReadyTestChain>>>(KEPT);

/** What is endowed beside the well-known accounts has as much as they: whole units of the token. */
const ENDOWMENT = 1_000_000n;

type Asked = Pick<ChainOptions, "chain" | "nodes" | "accounts" | "parameters" | "set" | "code">;

/** The same chain for the same wishes: its first state is made once a process. */
export function readyTestChain(options: Asked): Promise<ReadyTestChain> {
  const {chain, nodes, accounts, parameters, set, code} = options;
  const text = chain === undefined ? undefined : textOf(chain);
  const asked = {...options, ...(text === undefined ? {} : {chain: text})};
  const wishes = JSON.stringify(
    [nodes, accounts, parameters, set, code && bytesToHex(code)],
    (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value),
  );
  const ofSpec = ready.get(text ?? OWN) ?? new LruCache<string, Promise<ReadyTestChain>>(KEPT);
  ready.set(text ?? OWN, ofSpec);
  const known = ofSpec.get(wishes);
  if (known !== undefined) return known;
  const made = make(asked, text);
  ofSpec.set(wishes, made);
  // What failed is tried again: a file may be there the next time.
  made.catch(() => ofSpec.delete(wishes));
  return made;
}

/** No spec: this program's own chain. */
const OWN = "";

async function make(options: Asked, text: string | undefined): Promise<ReadyTestChain> {
  const made = text === undefined ? await ownChain(options) : await otherChain(options, text);
  const {spec, share} = made;
  const first = taken(firstState(spec.genesis, genesisMakers(share.crypto, share.runtimes)));
  // As it is from here on: no start builds it again.
  const ready = {
    ...spec,
    chainType: "Development",
    genesis: {kind: "raw", ...first},
  } as const satisfies ChainSpec;
  return {...made, spec: ready, isRehearsed: taken(rehearsalSettings(ready)) !== undefined};
}

async function ownChain(options: Asked): Promise<Chosen> {
  const {nodes = 1, accounts: named = [], parameters = {}, set, code} = options;
  if (set !== undefined || code !== undefined) {
    throw new Error("set and code are of other chains: this program's own has parameters");
  }
  const share = await processShare("blake2-256");
  const accounts = new AccountBook(share.crypto.keyPairs, CHAIN_PROPERTIES.ss58Format);
  const wished = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const endowed = named.map(name => accounts.publicKey(name));
  if (nodes === 1) {
    const {spec} = taken(chooseChain({chain: "dev", parameters: wished}, readText));
    return {spec: withEndowed(spec, endowed), authors: ["//Alice"], accounts, share};
  }
  const overridden = overrideParameters(collatorsParameters(nodes, 0), wished);
  if (!overridden.ok) throw new Error(overridden.error.message);
  const members = Array.from({length: nodes}, (_, i) => accounts.known(`collator-${i + 1}`));
  const spec = collatorsSpec({
    parameters: overridden.value,
    invulnerables: members.map(({publicKey, keys}) => ({
      account: publicKey,
      grandpa: keys.grandpa,
    })),
    others: [],
    endowed: [...WELL_KNOWN_ACCOUNTS.map(({sr25519}) => sr25519), ...endowed],
    sudo: accounts.publicKey("alice"),
  });
  taken(checkChain(overridden.value, spec.genesis.genesis));
  return {spec, authors: members.map(({uri}) => uri), accounts, share};
}

function withEndowed(spec: ChainSpec, endowed: readonly Uint8Array[]): ChainSpec {
  const {genesis} = spec;
  if (genesis.kind !== "built" || endowed.length === 0) return spec;
  const amount = ENDOWMENT * 10n ** BigInt(CHAIN_PROPERTIES.tokenDecimals);
  const had = new Set(genesis.genesis.balances.map(([who]) => bytesToHex(who)));
  const more = endowed.filter(who => !had.has(bytesToHex(who))).map(who => [who, amount] as const);
  const balances = [...genesis.genesis.balances, ...more];
  return {...spec, genesis: {...genesis, genesis: {...genesis.genesis, balances}}};
}

async function otherChain(options: Asked, text: string): Promise<Chosen> {
  const {nodes = 1, accounts: named = [], parameters, set, code} = options;
  if (parameters !== undefined) {
    throw new Error("parameters are those of this program's own chain: another one takes set");
  }
  const parsed = parseChainSpec(text);
  if (!parsed.ok) throw new Error(`${parsed.error.key}: ${parsed.error.message}`);
  const {spec} = parsed.value;
  const share = await processShare(spec.blockHashing ?? "blake2-256");
  const accounts = new AccountBook(
    share.crypto.keyPairs,
    addressPrefix(undefined, spec.properties),
  );
  const wishes = {
    collators: nodes,
    endowed: named.map(name => [accounts.text(name), String(ENDOWMENT)] as const),
    changes: set === undefined ? [] : [set],
    code,
  };
  const tools = {...share, now: millis(Date.now())};
  const made = taken(readyChain(spec, wishes, tools));
  if (made.rehearsed === undefined && named.length > 0) {
    throw new Error("this chain runs as it is: nobody else can be endowed before it begins");
  }
  if (made.authors.length < nodes) {
    throw new Error(`${made.authors.length} development accounts make blocks of this chain`);
  }
  const authors = nodes === 1 ? made.authors : made.authors.slice(0, nodes);
  return {spec: made.spec, authors, accounts, share};
}

/** Names by which the command line knows chains. */
const PRESETS = ["dev", "local", "standalone"];

/** A document begins with a brace, and no path that anybody has does. */
const isDocument = (chain: string): boolean => chain.trimStart().startsWith("{");

function textOf(chain: string): string {
  if (PRESETS.includes(chain)) {
    throw new Error(
      `startChain: "${chain}" is no file; without chain it is this program's own, with parameters`,
    );
  }
  if (isDocument(chain)) return chain;
  const text = textIn(chain);
  if (text.ok) return text.value;
  throw new Error(`startChain: ${text.error}`);
}

/** Of each file that was read, its text as of then: the same string while it is the same file. */
const texts = new LruCache<string, {readonly version: string; readonly text: string}>(KEPT);

function textIn(path: string): Result<string, string> {
  const version = versionOf(path);
  const known = texts.get(path);
  if (known !== undefined && known.version === version) return ok(known.text);
  const text = readText(path);
  if (text.ok && version !== undefined) texts.set(path, {version, text: text.value});
  return text;
}

/** Changes whenever the file does; undefined where there is none. */
function versionOf(path: string): string | undefined {
  const found = statSync(path, {throwIfNoEntry: false, bigint: true});
  return found && `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

function readText(path: string): Result<string, string> {
  const read = readFile(path);
  return read.ok ? ok(read.value.toString("utf8")) : read;
}

function taken<T>(result: Result<T, Report>): T {
  if (result.ok) return result.value;
  throw new Error(formatReport(result.error));
}
