/**
 * What the node answers to `collator_*`, taken from the node's own types, so that the compiler notices when one side
 * changes. Types only: nothing of the node's code comes into the page by this.
 */
import type {SlotOutcome, VerdictCode} from "../../../src/desk/vocabulary.ts";
import type {alertsJson} from "../../../src/rpc/shapes/alerts-json.ts";
import type {CollatorJson} from "../../../src/rpc/shapes/collator-json.ts";

export type {SlotOutcome, VerdictCode};
export type CollatorStatus = ReturnType<CollatorJson["status"]>;
export type CollatorHistory = ReturnType<CollatorJson["history"]>;
export type Alerts = ReturnType<typeof alertsJson>;
export type CollatorSet = ReturnType<CollatorJson["set"]>;
export type SetMember = NonNullable<CollatorSet["members"]>[number];
export type SlotRecord = ReturnType<CollatorJson["slot"]>;
export type BlockReward = ReturnType<CollatorJson["reward"]>;
export type VerdictLevel = CollatorStatus["verdict"]["level"];
