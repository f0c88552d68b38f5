import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

export const collatorSet = (collator: CollatorQuestions) =>
  method({
    name: "collator_set",
    params: [],
    result:
      "{candidacyBond, desiredCandidates, kickThreshold, minEligible, isOfCandidates: whether minEligible counts no invulnerables, members, kicked: [{account, block, at, bond, silentFor, threshold}] of the last sessions}: with each one's kick forecast; what the chain does not publish is null",
    handle: ({node}) => ok(new CollatorJson(node.ss58Prefix).set(collator.set())),
  });
