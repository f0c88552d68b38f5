import {join} from "node:path";
import {formatReport} from "#base";
import {SIGNATURE_SCHEMES, type SignatureScheme} from "#crypto";
import {BASE_PATH_FLAG, basePathOf} from "./base-path.ts";
import {CHAIN_FLAGS, chainOf} from "./chain-flags.ts";
import {type Command, FAILURE, USAGE} from "./command.ts";
import type {Flag, FlagValues} from "./flags/index.ts";
import {
  keyGenerate,
  keyInsert,
  keyInspect,
  keySign,
  keyVerify,
  type Terminal,
} from "./key/index.ts";

const GROUP = "Key";

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
  placeholder: "PREFIX",
  docs: "SS58 prefix of addresses",
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
  const found = known.find(name => name === given);
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
function common(values: FlagValues, terminal: Terminal): Common | undefined {
  const scheme = choice(values, "scheme", SIGNATURE_SCHEMES, terminal);
  const output = choice(values, "output-type", ["text", "json"] as const, terminal);
  if (!scheme.ok || !output.ok) return undefined;
  const network = values.one("network");
  return {
    scheme: scheme.value,
    outputType: output.value,
    network: network === undefined ? undefined : Number(network),
    password: values.one("password"),
  };
}

const generate: Command = {
  name: "key generate",
  summary: "make a key",
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
    const options = common(values, terminal);
    if (options === undefined) return USAGE;
    const words = values.one("words");
    return keyGenerate(
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
  flags: [
    {name: "public", group: GROUP, values: "none", docs: "the argument is a public key in hex"},
    SCHEME,
    NETWORK,
    OUTPUT,
    PASSWORD,
  ],
  async run(values, terminal) {
    const options = common(values, terminal);
    if (options === undefined) return USAGE;
    const [uri] = values.positional;
    return keyInspect({...options, uri, public: values.has("public")}, terminal);
  },
};

const insert: Command = {
  name: "key insert",
  summary: "put a key into a node's keystore",
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
    const options = common(values, terminal);
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
    return keyInsert({keystorePath, keyType, suri: values.one("suri"), scheme, password}, terminal);
  },
};

const sign: Command = {
  name: "key sign",
  summary: "sign a message",
  flags: [SURI, MESSAGE, HEX, SCHEME, PASSWORD],
  async run(values, terminal) {
    const options = common(values, terminal);
    if (options === undefined) return USAGE;
    const {scheme, password} = options;
    const message = values.one("message");
    return keySign(
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
  flags: [MESSAGE, HEX, SCHEME],
  async run(values, terminal) {
    const options = common(values, terminal);
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
    return keyVerify({signature, uri, message, hex: values.has("hex"), scheme}, terminal);
  },
};

export const keyCommands: readonly Command[] = [generate, inspect, insert, sign, verify];
