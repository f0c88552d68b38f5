import type {
  BlockReward,
  CollatorSetView,
  CollatorStatus,
  KickForecast,
  SetMember,
  SlotRecord,
} from "#desk";

type Json<T> = T extends bigint | Uint8Array ? string : T extends undefined ? null : T;
/**
 * An answer of the node as JSON has it: amounts as decimal text, accounts as addresses, bytes as hex. What is not known is
 * null; what there is none of is left out.
 */
type Shape<T> = {readonly [K in keyof T]: Json<T[K]>};

type KickJson = Omit<Shape<KickForecast>, "silentFor" | "blocksLeft"> & {
  readonly silentFor?: number | null;
  readonly blocksLeft?: number | null;
};
type Standing = NonNullable<CollatorStatus["standing"]>;

export interface KeysHeldJson {
  readonly keys: string;
  readonly byType: readonly {readonly keyType: string; readonly publicKey: string}[] | null;
  readonly isHeld: boolean | null;
}

export interface StatusJson extends Pick<CollatorStatus, "verdict" | "nextSlot" | "clock"> {
  readonly account: string | null;
  readonly keys?: {
    readonly now?: KeysHeldJson;
    readonly queued?: KeysHeldJson;
    readonly next?: KeysHeldJson;
    readonly verdict: NonNullable<CollatorStatus["keys"]>["verdict"];
    readonly sentence: string;
  };
  readonly stoppedKeys: readonly Shape<CollatorStatus["stoppedKeys"][number]>[];
  readonly standing?: Omit<Shape<Standing>, "kick" | "position"> & {
    readonly position?: number;
    readonly kick: KickJson;
  };
  readonly whyNoSet?: string;
  readonly authorities: NonNullable<CollatorStatus["authorities"]> | null;
  readonly production: Shape<CollatorStatus["production"]>;
  readonly authorsFrom?: Shape<NonNullable<CollatorStatus["authorsFrom"]>>;
  readonly session: Shape<CollatorStatus["session"]>;
  readonly since: NonNullable<CollatorStatus["since"]> | null;
  readonly time: CollatorStatus["time"];
  readonly head: Omit<CollatorStatus["head"], "bestHash" | "finalizedAt" | "missingVoters"> & {
    readonly bestHash: string;
    readonly finalizedAt: number | null;
    readonly missingVoters: readonly {readonly key: string; readonly account: string | null}[];
  };
  readonly balance?: Shape<NonNullable<CollatorStatus["balance"]>>;
}

export interface KickedJson {
  readonly account: string;
  readonly block: number;
  readonly at: number | null;
  readonly bond: string | null;
  readonly silentFor: number | null;
  readonly threshold: number | null;
}

export type MemberJson = Omit<Shape<SetMember>, "account" | "kick"> & {
  readonly account: string;
  readonly kick: KickJson;
};
export type SetJson = Omit<Shape<CollatorSetView>, "members" | "kicked"> & {
  readonly members: readonly MemberJson[] | null;
  readonly kicked: readonly KickedJson[];
};
export type SlotJson = Omit<SlotRecord, "block"> & {
  readonly block?: {readonly number: number; readonly hash: string};
};
export type RewardJson = Omit<Shape<BlockReward>, "hash"> & {readonly hash: string};
