import {alias, struct, u32, u128, type ValueOf, vec} from "#codec";
import {accountId} from "#primitives";
import type {StorageScope} from "../../frame/index.ts";

const balance = alias(u128, "Balance");

/** Somebody who stands for collating, and the bond that is reserved for it. */
export const candidateInfo = struct(
  {who: accountId, deposit: balance},
  {
    path: "pallet_collator_selection::pallet::CandidateInfo",
    params: [
      {name: "AccountId", type: accountId.info},
      {name: "Balance", type: u128.info},
    ],
  },
);
export type CandidateInfo = ValueOf<typeof candidateInfo>;

const boundedNames = (element: {info: typeof accountId.info}) => ({
  path: "bounded_collections::bounded_vec::BoundedVec",
  params: [
    {name: "T", type: element.info},
    {name: "S", type: undefined},
  ],
});

/** Storage of CollatorSelection, version 1 (spec/pallets §11.1). */
export function collatorSelectionStorage(scope: StorageScope) {
  return {
    invulnerables: scope.value("Invulnerables", vec(accountId, boundedNames(accountId)), {
      docs: "The invulnerable, permissioned collators. This list must be sorted.",
      fallback: [],
    }),
    candidates: scope.value("Candidates", vec(candidateInfo, boundedNames(candidateInfo)), {
      docs: "The (community, limited) collation candidates, in the order of their registration.",
      fallback: [],
    }),
    lastAuthoredBlock: scope.map(
      "LastAuthoredBlock",
      {hasher: "Twox64Concat", key: accountId, value: u32},
      {docs: "Last block authored by collator.", fallback: 0},
    ),
    desiredCandidates: scope.value("DesiredCandidates", u32, {
      docs: "Desired number of candidates.",
      fallback: 0,
    }),
    candidacyBond: scope.value("CandidacyBond", u128, {
      docs: "Fixed amount to deposit to become a collator.",
      fallback: 0n,
    }),
  };
}

export type CollatorSelectionStorage = ReturnType<typeof collatorSelectionStorage>;
