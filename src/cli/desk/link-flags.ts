import {BASE_PATH_FLAG} from "../base-path.ts";
import type {Flag} from "../flags/index.ts";
import {CONFIG_FLAG} from "../settings/layers.ts";
import {DEFAULT_URL} from "./node-link.ts";

const GROUP = "Node";

/** Where the node is. */
export const LINK_FLAGS: readonly Flag[] = [
  CONFIG_FLAG,
  {
    name: "url",
    group: GROUP,
    values: "one",
    placeholder: "URL",
    docs: "the node's RPC",
    standard: DEFAULT_URL,
  },
  {
    name: "socket",
    group: GROUP,
    values: "one",
    placeholder: "PATH",
    docs: "the node's local socket instead, over which unsafe methods are allowed",
  },
  {
    ...BASE_PATH_FLAG,
    group: GROUP,
    docs: "the node's, below which its socket is looked for when its port refuses unsafe methods",
  },
];

const CHAIN = "Chain";

/** Which chain it ought to be. */
export const EXPECTATION_FLAGS: readonly Flag[] = [
  {
    name: "genesis-hash",
    group: CHAIN,
    values: "one",
    placeholder: "HASH",
    docs: "refuse a node of a chain with another genesis; the first digits do",
  },
  {
    name: "chain",
    group: CHAIN,
    values: "one",
    placeholder: "SPEC",
    docs: "the same by a preset or a chain-spec file",
  },
  {
    name: "param",
    group: CHAIN,
    values: "many",
    placeholder: "NAME=VALUE",
    docs: "a parameter that the chain of --chain was started with",
  },
];

const SIGNER = "Signing";

/** Whose account it is, and with what it signs. */
export const SIGNER_FLAGS: readonly Flag[] = [
  {
    name: "key-file",
    group: SIGNER,
    values: "one",
    placeholder: "FILE",
    docs: "file with the account's secret: a phrase or a secret URI; readable by you alone",
  },
  {
    name: "suri",
    group: SIGNER,
    values: "one",
    placeholder: "-",
    docs: "the secret on standard input; //Name for a well-known account of a dev chain",
  },
  {
    name: "account",
    group: SIGNER,
    values: "one",
    placeholder: "ADDRESS",
    docs: "the account, where its secret is in a wallet elsewhere",
  },
  {
    name: "print-call",
    group: SIGNER,
    values: "none",
    docs: "print what the wallet has to sign, and wait until it is on the chain",
  },
  {
    name: "no-wait",
    group: SIGNER,
    values: "none",
    docs: "do what there is to do and end, without waiting for what follows",
  },
];
