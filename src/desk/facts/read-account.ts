import type {StateReader} from "#description";
import type {AccountId} from "#primitives";
import type {AccountFacts, SessionKeys} from "./facts.ts";
import {amountOf, countOf, fieldsOf} from "./published-values.ts";
import {type SplitKeys, sessionKeysOf} from "./session-keys.ts";

/** What an account has and what it registered, by the chain's own description. */
export function readAccount(
  reader: StateReader,
  who: AccountId,
  split: SplitKeys = () => undefined,
): AccountFacts {
  const {nonce, data} = fieldsOf(reader.read("System.Account", [who]));
  const {free, reserved} = fieldsOf(data);
  return {
    free: amountOf(free),
    reserved: amountOf(reserved),
    nonce: countOf(nonce),
    nextKeys: readNextKeys(reader, who, split),
  };
}

export function readFreeBalance(reader: StateReader, who: AccountId): bigint | undefined {
  const {data} = fieldsOf(reader.read("System.Account", [who]));
  return amountOf(fieldsOf(data).free);
}

/** In SCALE they are the keys one after the other, whatever is known of their type. */
export function readNextKeys(
  reader: StateReader,
  who: AccountId,
  split: SplitKeys,
): SessionKeys | undefined {
  return sessionKeysOf(reader.stored("Session.NextKeys", [who]), split);
}
