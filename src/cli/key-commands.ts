import {join} from "node:path";
import {formatReport} from "#base";
import {SIGNATURE_SCHEMES, type SignatureScheme} from "#crypto";
import {chainFolders} from "#store";
import {BASE_PATH_FLAG, basePathOf} from "./base-path.ts";
import {CHAIN_FLAGS, chainOf} from "./chain-flags.ts";
import {type Command, FAILURE, USAGE} from "./command.ts";
import type {Flag, FlagValues} from "./flags/index.ts";
import type {Terminal} from "./key/index.ts";

const GROUP = "Key";

/** Read when they are asked for: other commands start without them. */
const keys = () => import("./key/index.ts");

const SCHEME: Flag = {
  name: "scheme",
  group: GROUP,
  values: "one",
  placeholder: "SCHEME",
  docs: SIGNATURE_SCHEMES.join(", "),
  standard: "sr25519",
};
const NETWORK: Flag = {
  name: "network",
  short: "n",
  group: GROUP,
  values: "one",
  placeholder: "NETWORK",
  docs: "SS58 prefix of addresses, or the name of a network that has one",
  standard: "30",
};
const OUTPUT: Flag = {
  name: "output-type",
  group: GROUP,
  values: "one",
  placeholder: "TYPE",
  docs: "text or json",
  standard: "text",
};
const PASSWORD: Flag = {
  name: "password",
  group: GROUP,
  values: "one",
  docs: "password of the secret; better as ///password in a secret on standard input",
};
const SURI: Flag = {
  name: "suri",
  group: GROUP,
  values: "one",
  placeholder: "URI|FILE",
  docs: "secret URI, or a file that holds one; standard input where it is missing",
};
const MESSAGE: Flag = {
  name: "message",
  group: GROUP,
  values: "one",
  docs: "the message; standard input where it is missing",
};
const HEX: Flag = {name: "hex", group: GROUP, values: "none", docs: "the message is hex"};

/** A choice among names, or undefined after saying that it is none of them. */
function choice<T extends string>(
  values: FlagValues,
  flag: string,
  known: readonly T[],
  terminal: Terminal,
): {ok: true; value: T | undefined} | {ok: false} {
  const given = values.one(flag);
  const found = known.find(name => name === given?.toLowerCase());
  if (given === undefined || found !== undefined) return {ok: true, value: found};
  const what = `--${flag} ${given}: there are ${known.join(", ")}`;
  terminal.stderr(formatReport({code: "flag-invalid", what}));
  return {ok: false};
}

interface Common {
  readonly scheme: SignatureScheme | undefined;
  readonly outputType: "text" | "json" | undefined;
  readonly network: number | undefined;
  readonly password: string | undefined;
}

/** The options that several key commands share, or undefined after saying what is wrong with one. */
async function common(values: FlagValues, terminal: Terminal): Promise<Common | undefined> {
  const scheme = choice(values, "scheme", SIGNATURE_SCHEMES, terminal);
  const output = choice(values, "output-type", ["text", "json"] as const, terminal);
  if (!scheme.ok || !output.ok) return undefined;
  const text = values.one("network");
  const {networkOf, refuseNetwork} = await keys();
  const network = text === undefined ? undefined : networkOf(text);
  if (text !== undefined && network === undefined) {
    refuseNetwork(terminal, text);
    return undefined;
  }
  return {
    scheme: scheme.value,
    outputType: output.value,
    network,
    password: values.one("password"),
  };
}

const generate: Command = {
  name: "key generate",
  summary: "make a key",
  examples: [
    ["khala key generate", "a phrase of 12 words, and its address"],
    ["khala key generate --words 24 --output-type json", "for programs"],
  ],
  flags: [
    {
      name: "words",
      short: "w",
      group: GROUP,
      values: "one",
      placeholder: "COUNT",
      docs: "words of the phrase: 12, 15, 18, 21, 24",
      standard: "12",
    },
    SCHEME,
    NETWORK,
    OUTPUT,
    PASSWORD,
  ],
  async run(values, terminal) {
    const options = await common(values, terminal);
    if (options === undefined) return USAGE;
    const words = values.one("words");
    if (words !== undefined && !/^\d{1,3}$/.test(words)) {
      const what = `--words ${words}: expected a number of words`;
      terminal.stderr(formatReport({code: "flag-invalid", what, todo: "see --help"}));
      return USAGE;
    }
    return (await keys()).keyGenerate(
      {...options, words: words === undefined ? undefined : Number(words)},
      terminal,
    );
  },
};

const inspect: Command = {
  name: "key inspect",
  usage: "[URI|ADDRESS]",
  most: 1,
  summary: "show what a secret or an address stands for",
  examples: [
    ["khala key inspect //Alice", "a well-known account"],
    ["khala key inspect ADDRESS --network polkadot", "the same account elsewhere"],
  ],
  flags: [
    {name: "public", group: GROUP, values: "none", docs: "the argument is a public key in hex"},
    SCHEME,
    NETWORK,
    OUTPUT,
    PASSWORD,
  ],
  async run(values, terminal) {
    const options = await common(values, terminal);
    if (options === undefined) return USAGE;
    const [uri] = values.positional;
    return (await keys()).keyInspect({...options, uri, public: values.has("public")}, terminal);
  },
};

const insert: Command = {
  name: "key insert",
  summary: "put a key into a node's keystore",
  examples: [
    ["khala key insert --chain SPEC --key-type aura --suri session.secret", "one key, from a file"],
  ],
  flags: [
    ...CHAIN_FLAGS,
    BASE_PATH_FLAG,
    {
      name: "keystore-path",
      group: "Data",
      values: "one",
      placeholder: "PATH",
      docs: "the keystore, instead of the chain's own",
    },
    {
      name: "key-type",
      group: GROUP,
      values: "one",
      placeholder: "TYPE",
      docs: "four characters: aura",
      standard: "aura",
    },
    SURI,
    SCHEME,
    PASSWORD,
  ],
  async run(values, terminal) {
    const options = await common(values, terminal);
    if (options === undefined) return USAGE;
    let keystorePath = values.one("keystore-path");
    if (keystorePath === undefined) {
      const chosen = chainOf(values, "dev");
      if (!chosen.ok) {
        terminal.stderr(formatReport(chosen.error));
        return FAILURE;
      }
      keystorePath = join(basePathOf(values), "chains", chosen.value.spec.id, "keystore");
    }
    const {scheme, password} = options;
    const keyType = values.one("key-type") ?? "aura";
    return (await keys()).keyInsert(
      {keystorePath, keyType, suri: values.one("suri"), scheme, password},
      terminal,
    );
  },
};

const sign: Command = {
  name: "key sign",
  summary: "sign a message",
  examples: [["khala key sign --suri account.secret --message hello", "prints the signature"]],
  flags: [SURI, MESSAGE, HEX, SCHEME, PASSWORD],
  async run(values, terminal) {
    const options = await common(values, terminal);
    if (options === undefined) return USAGE;
    const {scheme, password} = options;
    const message = values.one("message");
    return (await keys()).keySign(
      {suri: values.one("suri"), message, hex: values.has("hex"), scheme, password},
      terminal,
    );
  },
};

const verify: Command = {
  name: "key verify",
  usage: "SIGNATURE URI|PUBLIC",
  most: 2,
  summary: "check a signature over a message",
  examples: [["khala key verify SIGNATURE ADDRESS --message hello", "says whether it holds"]],
  flags: [MESSAGE, HEX, SCHEME],
  async run(values, terminal) {
    const options = await common(values, terminal);
    if (options === undefined) return USAGE;
    const [signature, uri] = values.positional;
    if (signature === undefined || uri === undefined) {
      terminal.stderr(
        formatReport({
          code: "argument-missing",
          what: "a signature and whose it is are needed",
          todo: "khala key verify SIGNATURE URI|PUBLIC",
        }),
      );
      return USAGE;
    }
    const {scheme} = options;
    const message = values.one("message");
    return (await keys()).keyVerify(
      {signature, uri, message, hex: values.has("hex"), scheme},
      terminal,
    );
  },
};

const BIN: Flag = {
  name: "bin",
  group: GROUP,
  values: "none",
  docs: "32 bytes as they are, instead of 64 hex digits",
};

const generateNodeKey: Command = {
  name: "key generate-node-key",
  summary: "make a key for the network; its peer id goes to standard error",
  examples: [["khala key generate-node-key --file node.key", "its peer id goes to standard error"]],
  flags: [
    {
      name: "file",
      group: GROUP,
      values: "one",
      placeholder: "FILE",
      docs: "where it is written to; standard output where nothing is said",
    },
    BIN,
    ...CHAIN_FLAGS,
    {...BASE_PATH_FLAG, docs: "write it where the node of --chain looks for it, below this"},
    {
      name: "default-base-path",
      group: "Data",
      values: "none",
      docs: "the same, below the usual base path",
    },
  ],
  async run(values, terminal) {
    const places = ["file", "base-path", "default-base-path"].filter(name => values.has(name));
    if (places.length > 1) {
      const what = `${places.map(name => `--${name}`).join(" and ")}: a key has one place`;
      terminal.stderr(formatReport({code: "flag-invalid", what, todo: "leave one of them out"}));
      return USAGE;
    }
    const [given] = places;
    let place: string | undefined;
    if (given !== undefined && given !== "file") {
      const chosen = chainOf(values, "dev");
      if (!chosen.ok) {
        terminal.stderr(formatReport(chosen.error));
        return FAILURE;
      }
      place = chainFolders(basePathOf(values), chosen.value.spec.id).nodeKey;
    }
    const options = {file: values.one("file"), place, bin: values.has("bin")};
    return (await keys()).generateNodeKey(options, terminal);
  },
};

const inspectNodeKey: Command = {
  name: "key inspect-node-key",
  summary: "print the peer id of a node key",
  examples: [["khala key inspect-node-key --file node.key", "prints the peer id"]],
  flags: [
    {
      name: "file",
      group: GROUP,
      values: "one",
      placeholder: "FILE",
      docs: "where the key is; standard input where nothing is said",
    },
    BIN,
  ],
  foreign: [
    {name: "network", values: "one", kind: "ignored", answer: "a peer id is of no network"},
  ],
  run: async (values, terminal) =>
    (await keys()).inspectNodeKey({file: values.one("file"), bin: values.has("bin")}, terminal),
};

export const keyCommands: readonly Command[] = [
  generate,
  inspect,
  insert,
  sign,
  verify,
  generateNodeKey,
  inspectNodeKey,
];
