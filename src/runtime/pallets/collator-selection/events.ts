import {alias, u32, u128, vec} from "#codec";
import {accountId} from "#primitives";
import type {EventDeclaration} from "../../frame/index.ts";

const balance = alias(u128, "BalanceOf<T>");

/** Events of CollatorSelection, version 1 (spec/pallets §11.2). */
export const COLLATOR_SELECTION_EVENTS = {
  NewInvulnerables: [0, {invulnerables: vec(accountId)}, "New Invulnerables were set."],
  InvulnerableAdded: [1, {accountId}, "A new Invulnerable was added."],
  InvulnerableRemoved: [2, {accountId}, "An Invulnerable was removed."],
  NewDesiredCandidates: [3, {desiredCandidates: u32}, "The number of desired candidates was set."],
  NewCandidacyBond: [4, {bondAmount: balance}, "The candidacy bond was set."],
  CandidateAdded: [5, {accountId, deposit: balance}, "A new candidate joined."],
  CandidateRemoved: [6, {accountId}, "A candidate was removed."],
  InvalidInvulnerableSkipped: [
    7,
    {accountId},
    "An account was unable to be added to the Invulnerables because they did not have keys registered.",
  ],
} as const satisfies Record<string, EventDeclaration>;
