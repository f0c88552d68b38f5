/**
 * `khala collator …`: from an account with money to a collator, and back; each command asks a running node, says what
 * it finds, and can be run again at any point. Funds move only by what the account itself signs.
 *
 * Exit codes: 0 done, 1 refused or failed (the report says why), 2 a wrong command line, 3 from `status` where there is
 * something for the operator to do.
 *
 * Out of scope: what the node knows (`desk`), and keys at rest (`khala keys`).
 */
import {JSON_FLAG} from "../answer.ts";
import type {Command} from "../command.ts";
import {EXPECTATION_FLAGS, LINK_FLAGS, SIGNER_FLAGS} from "../desk/link-flags.ts";
import {runAtDesk} from "../desk/run-at-desk.ts";
import type {Flag} from "../flags/index.ts";

const WATCH_FLAG: Flag = {
  name: "watch",
  group: "Output",
  values: "none",
  docs: "again whenever it may be another, until Ctrl-C",
};
const KEYS_FLAGS: readonly Flag[] = [
  {
    name: "keys",
    group: "Session keys",
    values: "one",
    placeholder: "HEX",
    docs: "register these, which the node holds, instead of new ones",
  },
  {
    name: "replace-keys",
    group: "Session keys",
    values: "none",
    docs: "register keys of this node although others are on the chain",
  },
];

const BOND_FLAGS: readonly Flag[] = [
  {
    name: "bond",
    group: "Bond",
    values: "one",
    placeholder: "AMOUNT",
    docs: "put up more than the least, where places go by bonds",
  },
  {
    name: "replace",
    group: "Bond",
    values: "one",
    placeholder: "ADDRESS",
    docs: "take this candidate's place, whose bond is lower, where the list is full",
  },
];

// Commands are read when they are asked for: others start without them.
const join: Command = {
  name: "collator join",
  summary:
    "become a collator: checks, session keys, registration, and the wait for the first block",
  examples: [
    ["khala collator join --key-file account.secret", "from money to the first block"],
    ["khala collator join --suri -", "the secret on standard input"],
    ["khala collator join --account ADDRESS --print-call", "signed by a wallet elsewhere"],
  ],
  flags: [
    ...LINK_FLAGS,
    ...EXPECTATION_FLAGS,
    ...SIGNER_FLAGS,
    ...KEYS_FLAGS,
    ...BOND_FLAGS,
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link => {
      const {openDesk} = await import("../desk/desk.ts");
      return (await import("./join.ts")).join(await openDesk(link, values, terminal));
    }),
};

const bond: Command = {
  name: "collator bond",
  usage: "AMOUNT",
  least: 1,
  most: 1,
  summary: "change a candidate's bond, where places go by bonds",
  examples: [["khala collator bond 20PHA --key-file account.secret", "a higher or lower bond"]],
  flags: [...LINK_FLAGS, ...EXPECTATION_FLAGS, ...SIGNER_FLAGS, JSON_FLAG],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link => {
      const {openDesk} = await import("../desk/desk.ts");
      return (await import("./bond.ts")).bond(await openDesk(link, values, terminal));
    }),
};

const leave: Command = {
  name: "collator leave",
  summary: "give up candidacy, and wait until the last session is over",
  examples: [
    ["khala collator leave --key-file account.secret", "and wait for the last session's end"],
  ],
  flags: [...LINK_FLAGS, ...EXPECTATION_FLAGS, ...SIGNER_FLAGS, JSON_FLAG],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link => {
      const {openDesk} = await import("../desk/desk.ts");
      return (await import("./leave.ts")).leave(await openDesk(link, values, terminal));
    }),
};

const status: Command = {
  name: "collator status",
  summary: "how collating goes, and what to do",
  examples: [
    ["khala collator status", "how it goes, and what to do"],
    ["khala collator status --watch", "again whenever it may be another"],
    ["khala collator status --json", "for programs"],
  ],
  flags: [...LINK_FLAGS, JSON_FLAG, WATCH_FLAG],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link =>
      (await import("./status.ts")).status(link, values, terminal),
    ),
};

const set: Command = {
  name: "collator set",
  summary: "all collators: bonds, blocks, and who would be kicked next",
  examples: [["khala collator set", "all collators, and who would be kicked"]],
  flags: [...LINK_FLAGS, JSON_FLAG, WATCH_FLAG],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link =>
      (await import("./set.ts")).set(link, values, terminal),
    ),
};

const rewards: Command = {
  name: "collator rewards",
  summary: "what each own block brought, and the sum",
  examples: [
    ["khala collator rewards", "of the last 1000 blocks"],
    ["khala collator rewards --blocks 7200 --csv", "of a day of 12 s, for a spreadsheet"],
  ],
  flags: [
    ...LINK_FLAGS,
    {
      name: "account",
      group: "Output",
      values: "one",
      placeholder: "ADDRESS",
      docs: "another account than the node's",
    },
    {
      name: "blocks",
      group: "Output",
      values: "one",
      placeholder: "COUNT",
      docs: "how many of the last blocks are looked at",
      standard: "1000",
    },
    {name: "csv", group: "Output", values: "none", docs: "as CSV, amounts in the smallest unit"},
    JSON_FLAG,
  ],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link =>
      (await import("./rewards.ts")).rewards(link, values, terminal),
    ),
};

export const collatorCommands: readonly Command[] = [join, bond, leave, status, set, rewards];
