import {type Codec, type Sink, type Source, struct, u32, u128} from "#codec";

/** Bit 127 of `flags`: the account follows the newer rules of reference counting (spec/pallets §8.1). */
export const NEW_LOGIC_FLAG = 1n << 127n;

/** The balance of an account. `free` counts what is reserved elsewhere not; `frozen` overlaps the rest. */
export interface AccountData {
  readonly free: bigint;
  readonly reserved: bigint;
  readonly frozen: bigint;
  readonly flags: bigint;
}

export const DEFAULT_ACCOUNT_DATA: AccountData = {
  free: 0n,
  reserved: 0n,
  frozen: 0n,
  flags: NEW_LOGIC_FLAG,
};

const extraFlags: Codec<bigint> = {
  ...u128,
  info: {
    path: ["pallet_balances", "types", "ExtraFlags"],
    params: [],
    docs: [],
    def: {
      kind: "composite",
      fields: [{name: undefined, typeName: "u128", type: u128.info, docs: []}],
    },
  },
  typeName: "ExtraFlags",
};

/** Written out by hand, like `accountInfo`: each transfer reads and writes several of them. */
export const accountData: Codec<AccountData> = {
  ...struct(
    {free: u128, reserved: u128, frozen: u128, flags: extraFlags},
    {path: "pallet_balances::types::AccountData", params: [{name: "Balance", type: u128.info}]},
  ),
  encodeTo(value: AccountData, sink: Sink) {
    u128.encodeTo(value.free, sink);
    u128.encodeTo(value.reserved, sink);
    u128.encodeTo(value.frozen, sink);
    u128.encodeTo(value.flags, sink);
  },
  decodeFrom(source: Source): AccountData {
    return {
      free: source.u128(),
      reserved: source.u128(),
      frozen: source.u128(),
      flags: source.u128(),
    };
  },
};

/** What System knows of an account: transactions sent, who depends on it, what keeps it alive, its balance. */
export interface AccountInfo<Data = AccountData> {
  readonly nonce: number;
  readonly consumers: number;
  readonly providers: number;
  readonly sufficients: number;
  readonly data: Data;
}

export function accountInfo<Data>(data: Codec<Data>): Codec<AccountInfo<Data>> {
  return {
    ...struct(
      {nonce: u32, consumers: u32, providers: u32, sufficients: u32, data},
      {
        path: "frame_system::AccountInfo",
        params: [
          {name: "Nonce", type: u32.info},
          {name: "AccountData", type: data.info},
        ],
      },
    ),
    encodeTo(value: AccountInfo<Data>, sink: Sink) {
      u32.encodeTo(value.nonce, sink);
      u32.encodeTo(value.consumers, sink);
      u32.encodeTo(value.providers, sink);
      u32.encodeTo(value.sufficients, sink);
      data.encodeTo(value.data, sink);
    },
    decodeFrom(source: Source): AccountInfo<Data> {
      return {
        nonce: source.u32(),
        consumers: source.u32(),
        providers: source.u32(),
        sufficients: source.u32(),
        data: data.decodeFrom(source),
      };
    },
  };
}
