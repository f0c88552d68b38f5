import type {
  BlockReward,
  CollatorSetView,
  CollatorStatus,
  KeysHeld,
  KickForecast,
  SetMember,
  SlotRecord,
} from "#desk";

type Json<T> = T extends bigint | Uint8Array ? string : T;
/** An answer of the node as JSON has it: amounts as decimal text, accounts as addresses, bytes as hex. */
type Shape<T> = {readonly [K in keyof T]: Json<T[K]>};

export interface KeysHeldJson {
  readonly keys: string;
  readonly isHeld: KeysHeld["isHeld"];
}

export interface StatusJson
  extends Pick<
    CollatorStatus,
    "verdict" | "production" | "nextSlot" | "authorsFrom" | "session" | "clock"
  > {
  readonly account: string | null;
  readonly keys?: {
    readonly now?: KeysHeldJson;
    readonly queued?: KeysHeldJson;
    readonly next?: KeysHeldJson;
    readonly verdict: NonNullable<CollatorStatus["keys"]>["verdict"];
    readonly sentence: string;
  };
  readonly stoppedKeys: readonly Shape<CollatorStatus["stoppedKeys"][number]>[];
  readonly standing?: Shape<NonNullable<CollatorStatus["standing"]>>;
  readonly head: Omit<CollatorStatus["head"], "bestHash"> & {readonly bestHash: string};
  readonly balance?: {readonly free: string; readonly reserved: string};
}

export type MemberJson = Omit<Shape<SetMember>, "account" | "kick"> & {
  readonly account: string;
  readonly kick: KickForecast;
};
export type SetJson = Omit<Shape<CollatorSetView>, "members"> & {
  readonly members: readonly MemberJson[];
};
export type SlotJson = Omit<SlotRecord, "block"> & {
  readonly block?: {readonly number: number; readonly hash: string};
};
export type RewardJson = Omit<Shape<BlockReward>, "hash"> & {readonly hash: string};
