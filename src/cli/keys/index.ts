/**
 * `khala keys …`: the session keys of a node, on the chain and at rest. What only a running node can do goes over its
 * RPC; the rest works on the keystore's folder, whether the node runs or not. `khala key …` is for single keys of any
 * kind, as subkey is.
 *
 * Out of scope: the layout of a keystore and the form of a backup (`keystore`).
 */
import {JSON_FLAG} from "../answer.ts";
import type {Command} from "../command.ts";
import {EXPECTATION_FLAGS, LINK_FLAGS, SIGNER_FLAGS} from "../desk/link-flags.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import {runAtDesk} from "../desk/run-at-desk.ts";
import {KEYSTORE_FLAGS} from "./keystore-place.ts";
import {PASSPHRASE_FLAGS} from "./passphrase.ts";
import {CONFIRMATION} from "./resume.ts";

const GROUP = "Session keys";

const rotate: Command = {
  name: "keys rotate",
  summary: "new session keys in the node; with an account, registered and followed until active",
  examples: [
    [
      "khala keys rotate --key-file account.secret",
      "new keys, registered and followed until active",
    ],
    ["khala keys rotate", "new keys only"],
  ],
  flags: [...LINK_FLAGS, ...EXPECTATION_FLAGS, ...SIGNER_FLAGS, JSON_FLAG],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link => {
      const {openDesk} = await import("../desk/desk.ts");
      return (await import("./rotate.ts")).rotateKeys(await openDesk(link, values, terminal));
    }),
};

const status: Command = {
  name: "keys status",
  summary: "keys on the chain, now and later, beside the node's keystore",
  examples: [["khala keys status", "keys on the chain beside the node's"]],
  flags: [...LINK_FLAGS, JSON_FLAG],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link =>
      (await import("./status.ts")).keysStatus(link, values, terminal),
    ),
};

const insert: Command = {
  name: "keys insert",
  summary: "put session keys into a keystore, if they are the ones expected",
  examples: [["khala keys insert --chain SPEC --suri session.secret", "from a file of mode 600"]],
  flags: [
    ...KEYSTORE_FLAGS,
    {
      name: "suri",
      group: GROUP,
      values: "one",
      placeholder: "FILE",
      docs: "file of mode 600 that holds the secret; standard input where it is missing",
    },
    {
      name: "public",
      group: GROUP,
      values: "one",
      placeholder: "HEX",
      docs: "the public keys expected, one after the other; others are refused",
    },
    {
      name: "key-type",
      group: GROUP,
      values: "one",
      placeholder: "TYPE",
      docs: "aura or gran",
      standard: "all that the chain has, from the one secret",
    },
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./insert.ts")).insertKeys(values, terminal)),
};

const exportCommand: Command = {
  name: "keys export",
  summary: "write the session keys into a file, sealed by a passphrase",
  examples: [["khala keys export --chain SPEC --out keys.backup", "asks for a passphrase"]],
  flags: [
    {
      name: "out",
      group: GROUP,
      values: "one",
      placeholder: "FILE",
      docs: "the file, which must not be there yet",
    },
    ...KEYSTORE_FLAGS,
    ...PASSPHRASE_FLAGS,
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./export.ts")).exportKeys(values, terminal)),
};

const importCommand: Command = {
  name: "keys import",
  usage: "FILE",
  most: 1,
  summary: "take session keys from such a file, with the node that had them off",
  examples: [
    ["khala keys import keys.backup --chain SPEC --yes", "with the node that had them off"],
  ],
  flags: [
    {
      name: "yes",
      group: GROUP,
      values: "none",
      docs: "the node that had these keys is off and stays off",
    },
    ...KEYSTORE_FLAGS,
    ...PASSPHRASE_FLAGS,
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./import.ts")).importKeys(values, terminal)),
};

const resumeCommand: Command = {
  name: "keys resume",
  usage: "KEY",
  most: 1,
  summary: "let a key sign again that another node was seen to sign with",
  examples: [
    ["khala keys resume KEY --chain SPEC --i-have-stopped-the-other-node", "after that is so"],
  ],
  flags: [
    {
      name: CONFIRMATION,
      group: GROUP,
      values: "none",
      docs: "the other node that has this key is off and stays off",
    },
    ...KEYSTORE_FLAGS,
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./resume.ts")).resumeKey(values, terminal)),
};

export const keysCommands: readonly Command[] = [
  rotate,
  status,
  insert,
  exportCommand,
  importCommand,
  resumeCommand,
];
