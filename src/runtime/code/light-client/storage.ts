import {concatBytes} from "#base";
import type {Func, ModuleWriter} from "#wasm";
import {type Code, choose, i32, i64, leave, when} from "#wasm";
import type {StorageKeys} from "./contents.ts";
import type {HostFunctions} from "./host-functions.ts";
import {addressOf, lengthOf, type Memory, span} from "./memory.ts";

type ValueName = Exclude<keyof StorageKeys, "blockHash" | "account">;

export interface Storage {
  /** An i64 expression: the bytes under a key; 0 where there are none. */
  value(name: ValueName): Code;
  /** An i32 expression: a stored u32, 0 where there is none. */
  word(name: ValueName): Code;
  /** (account) -> address of an account's record; all zero where there is none */
  readonly account: Func;
  /** (number) -> address of a block's hash; 0 where it is not known */
  readonly blockHash: Func;
}

/** Bytes of System.Account's records: four counters of 32 bits, four amounts of 128. */
const ACCOUNT_RECORD = 4 * 4 + 4 * 16;

const HEADER_LENGTHS = [1, 2, 4] as const;

export function createStorage(
  module: ModuleWriter,
  host: HostFunctions,
  {copy}: Memory,
  keys: StorageKeys,
): Storage {
  /** (key) -> the bytes under it. The host's answer is an option, then a compact length, then the bytes. */
  const get = module.define(["i64"], "i64", ({params, local}) => {
    const answer = local("i64");
    const start = addressOf(answer.get);
    const header = local("i32");
    const mode = i32.and(i32.load8(start, 1), i32.const(3));
    const [small, medium, large] = HEADER_LENGTHS.map(length => i32.const(1 + length));
    return [
      ...answer.set(host.storageGet.call(params[0].get)),
      ...when(i32.not(i32.load8(start)), leave(i64.const(0n))),
      ...header.set(
        choose(i32.not(mode), small!, choose(i32.eq(mode, i32.const(1)), medium!, large!)),
      ),
      ...span(i32.add(start, header.get), i32.sub(lengthOf(answer.get), header.get)),
    ];
  });

  const addresses = new Map<ValueName, number>();
  const value = (name: ValueName): Code => {
    const key = keys[name];
    const address = addresses.get(name) ?? module.data(key);
    addresses.set(name, address);
    return get.call(span(i32.const(address), i32.const(key.length)));
  };

  const zero = i32.const(module.reserve(ACCOUNT_RECORD));
  const orZero = module.define(["i64"], "i32", ({params}) => {
    const address = addressOf(params[0].get);
    return choose(address, address, zero);
  });

  /** (what the key stands for) -> the bytes under its hash and itself, behind the map's prefix */
  const mapEntry = (
    prefix: Uint8Array,
    hash: Func,
    hashLength: number,
    keyLength: number,
  ): Func => {
    const full = module.data(concatBytes(prefix, new Uint8Array(hashLength + keyLength)));
    const hashed = i32.const(full + prefix.length);
    const key = i32.const(full + prefix.length + hashLength);
    const length = prefix.length + hashLength + keyLength;
    return module.define(["i32"], "i64", ({params}) => [
      ...copy.call(key, params[0].get, i32.const(keyLength)),
      ...copy.call(hashed, hash.call(span(key, i32.const(keyLength))), i32.const(hashLength)),
      ...get.call(span(i32.const(full), i32.const(length))),
    ]);
  };

  const accountEntry = mapEntry(keys.account, host.blake2b128, 16, 32);
  const account = module.define(["i32"], "i32", ({params}) =>
    orZero.call(accountEntry.call(params[0].get)),
  );
  const hashEntry = mapEntry(keys.blockHash, host.twox64, 8, 4);
  const numberSlot = i32.const(module.reserve(4));
  const blockHash = module.define(["i32"], "i32", ({params}) => [
    ...i32.store(numberSlot, params[0].get),
    ...addressOf(hashEntry.call(numberSlot)),
  ]);

  const word = (name: ValueName) => i32.load(orZero.call(value(name)));
  return {value, word, account, blockHash};
}
