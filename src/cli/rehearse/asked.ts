import {type DevelopmentWishes, HIGHEST_RATE, type ProofSizeMode} from "#rehearsal";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import {changeOf} from "./change-of.ts";

/** More would take minutes to derive, and no chain that collators are selected for has as many. */
const MOST_COLLATORS = 1_000;

/** What the flags ask for. Throws `DeskError`. */
export function askedIn(values: FlagValues): DevelopmentWishes {
  return {
    collators: collatorsIn(values.one("collators")),
    sudo: values.one("sudo"),
    council: namesIn(values.one("council")),
    committee: namesIn(values.one("committee")),
    endowed: values.many("endow").map(endowment),
    keepsAccounts: values.has("keep-accounts"),
    changes: values.many("set").map(changeOf),
    rate: rateIn(values.one("rate")),
    proofSize: proofSizeIn(values.one("proof-size")),
  };
}

const namesIn = (text: string | undefined) =>
  text
    ?.split(",")
    .map(name => name.trim())
    .filter(name => name !== "");

function collatorsIn(text: string | undefined): DevelopmentWishes["collators"] {
  if (text === undefined || !/^\d+$/.test(text)) return namesIn(text);
  const count = Number(text);
  return count >= 1 && count <= MOST_COLLATORS
    ? count
    : refuse(`--collators ${text}: from 1 to ${MOST_COLLATORS}`);
}

function endowment(text: string): readonly [string, string] {
  const cut = text.lastIndexOf("=");
  return cut > 0
    ? [text.slice(0, cut), text.slice(cut + 1)]
    : refuse(`--endow ${text}: whom with how much is written WHO=AMOUNT`);
}

function rateIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(text);
  return /^\d+$/.test(text) && rate >= 1 && rate <= HIGHEST_RATE
    ? rate
    : refuse(`--rate ${text}: a whole number from 1 to ${HIGHEST_RATE}`);
}

function proofSizeIn(text: string | undefined): ProofSizeMode | undefined {
  if (text === undefined || text === "unrecorded" || text === "recorded") return text;
  return refuse(`--proof-size ${text}: there are unrecorded and recorded`);
}

function refuse(what: string): never {
  throw new DeskError({code: "flag-invalid", what, todo: "see khala rehearse --help"});
}
