import type {Declaration} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";
import {collatorHistory} from "./history.ts";
import {collatorRewards} from "./rewards.ts";
import {collatorSet} from "./set.ts";
import {collatorSlots} from "./slots.ts";
import {collatorStatus} from "./status.ts";
import {collatorSubscribeStatus} from "./subscribe-status.ts";
import {collatorWatch} from "./watch.ts";

export const collatorMethods = (collator: CollatorQuestions): readonly Declaration[] => [
  collatorStatus(collator),
  collatorSubscribeStatus(collator),
  collatorSlots(collator),
  collatorSet(collator),
  collatorHistory(collator),
  collatorRewards(collator),
  collatorWatch(collator),
];
