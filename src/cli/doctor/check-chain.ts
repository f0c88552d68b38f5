import type {Finding} from "./finding.ts";
import type {Patient} from "./patient.ts";

/** The running node: whether it is with the chain, and holds the keys that the chain expects. */
export function checkChain({link, status, silence, isPointed}: Patient): Finding[] {
  if (link === undefined || status === undefined) {
    return [
      {
        check: "node",
        level: isPointed ? "bad" : "warn",
        what: silence ?? "no node was found",
        todo: "start it, or name it by --url or --socket: chain and keys were not looked at",
      },
    ];
  }
  const {head, keys, verdict} = status;
  return [
    chainFinding(head),
    keys === undefined
      ? {
          check: "keys on chain",
          level: "warn",
          what: "no key in the keystore is known to the chain",
          todo: "khala collator join",
        }
      : keys.verdict === "mismatch"
        ? {
            check: "keys on chain",
            level: "bad",
            what: keys.sentence,
            todo: "khala keys status shows both; put the keys back, or khala keys rotate",
          }
        : {check: "keys on chain", level: "ok", what: keys.sentence},
    {
      check: "verdict",
      level: verdict.level === "bad" ? "bad" : "ok",
      what: verdict.sentence,
      ...(verdict.todo === undefined ? {} : {todo: verdict.todo}),
    },
  ];
}

function chainFinding({
  best,
  finalized,
  peers,
  isSyncing,
  age,
  slotDuration,
  stall,
}: NonNullable<Patient["status"]>["head"]): Finding {
  const facts = `best ${best}, final ${finalized}, ${peers} peers`;
  if (isSyncing) {
    const todo = "wait; khala_syncProgress says how long";
    return {check: "chain", level: "warn", what: `catching up: ${facts}`, todo};
  }
  if (stall !== undefined) {
    return {check: "chain", level: "bad", what: stall, todo: "ask the operators named"};
  }
  if (age > LATE_SLOTS * slotDuration) {
    const what = `the newest block is ${Math.round(age / 1_000)} s old: ${facts}`;
    return {check: "chain", level: "bad", what, todo: "check --bootnodes and the firewall"};
  }
  return {check: "chain", level: "ok", what: facts};
}

const LATE_SLOTS = 20;
