import {CHAIN_FLAGS} from "../chain-flags.ts";
import type {Flag} from "../flags/index.ts";

const WHO = "Who";
const STATE = "State";
const TIME = "Time and proofs";

export const REHEARSE_FLAGS: readonly Flag[] = [
  {
    name: "output",
    short: "o",
    group: "Output",
    values: "one",
    placeholder: "FILE",
    docs: "where the chain spec goes",
    standard: "standard output",
  },
  {
    name: "collators",
    group: WHO,
    values: "one",
    placeholder: "N|NAMES",
    docs: "how many make blocks, or their names: Alice,Bob,//Collator//7",
    standard: "4",
  },
  {
    name: "sudo",
    group: WHO,
    values: "one",
    placeholder: "NAME|ADDRESS",
    docs: "who has root's key, where the chain has one",
    standard: "Alice",
  },
  {
    name: "council",
    group: WHO,
    values: "one",
    placeholder: "NAMES",
    docs: "members of the council, where the chain has one",
    standard: "Alice,Bob,Charlie,Dave,Eve",
  },
  {
    name: "committee",
    group: WHO,
    values: "one",
    placeholder: "NAMES",
    docs: "members of the technical committee",
    standard: "Alice,Bob,Charlie",
  },
  {
    name: "endow",
    group: STATE,
    values: "many",
    placeholder: "NAME|ADDRESS=AMOUNT",
    docs: "what an account has, in whole units; the well-known ones have 1000000 each",
  },
  {
    name: "keep-accounts",
    group: STATE,
    values: "none",
    docs: "the chain's own accounts stay beside those",
  },
  {
    name: "set",
    group: STATE,
    values: "many",
    placeholder: "PALLET.ITEM[KEY]=VALUE",
    docs: "any value of the state by names, in JSON: CollatorSelection.DesiredCandidates=3; null removes",
  },
  {
    name: "code",
    group: STATE,
    values: "one",
    placeholder: "FILE",
    docs: "the runtime that goes on with the state: .wasm, hex, or a chain spec that has it",
  },
  {
    name: "rate",
    group: TIME,
    values: "one",
    placeholder: "N",
    docs: "how many times as fast as a clock the chain's time goes",
    standard: "1",
  },
  {
    name: "proof-size",
    group: TIME,
    values: "one",
    placeholder: "unrecorded|recorded",
    docs: "what the runtime is told of the size of proofs",
    standard: "unrecorded",
  },
  ...CHAIN_FLAGS.filter(({name}) => name === "block-hashing"),
];
