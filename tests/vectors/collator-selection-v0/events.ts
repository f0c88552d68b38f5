import {alias, u32, u128, vec} from "#codec";
import {accountId} from "#primitives";
import type {EventDeclaration} from "../../../src/runtime/testing.ts";

const balance = alias(u128, "BalanceOf<T>");

/** Events of CollatorSelection, version 0 (spec/pallets §11.2). */
export const COLLATOR_SELECTION_V0_EVENTS = {
  NewInvulnerables: [0, {invulnerables: vec(accountId)}, ""],
  NewDesiredCandidates: [1, {desiredCandidates: u32}, ""],
  NewCandidacyBond: [2, {bondAmount: balance}, ""],
  CandidateAdded: [3, {accountId, deposit: balance}, ""],
  CandidateRemoved: [4, {accountId}, ""],
} as const satisfies Record<string, EventDeclaration>;
