import {bytesToBinary} from "#base";
import {type ChainEvent, findEvent, readEvents, type StateReader} from "#description";
import type {AccountId} from "#primitives";
import {amountOf, bytesOf, fieldsOf} from "./published-values.ts";

/**
 * What came to an account while a block began, before any transaction ran, by the events of the block's own state: out of
 * a pot (`Transfer`) or made for it (`Deposit`, `Minted`). Undefined where the chain has no balances, or its events cannot
 * be read so far.
 */
export function readPayAtStart(reader: StateReader, who: AccountId): bigint | undefined {
  const bytes = findEvent(reader.description, "Balances.Transfer")
    ? reader.stored("System.Events")
    : undefined;
  const read = bytes && readEvents(reader.description, bytes);
  if (read?.ok !== true) return undefined;
  const {events, rest} = read.value;
  const isWhole = rest === undefined || events.some(({phase}) => phase !== "Initialization");
  if (!isWhole) return undefined;
  return events
    .filter(({phase}) => phase === "Initialization")
    .reduce((sum, event) => sum + paidTo(who, event), 0n);
}

function paidTo(who: AccountId, {name, fields}: ChainEvent): bigint {
  const {receiver, amount} = paymentOf(name, fields);
  const account = bytesOf(receiver);
  const isTheirs = account !== undefined && bytesToBinary(account) === bytesToBinary(who);
  return isTheirs ? (amountOf(amount) ?? 0n) : 0n;
}

/** Older runtimes do not name the fields of events. */
function paymentOf(
  name: string,
  fields: unknown,
): {readonly receiver?: unknown; readonly amount?: unknown} {
  const list = Array.isArray(fields) ? fields : undefined;
  const {to, who, amount} = fieldsOf(fields);
  if (name === "Balances.Transfer") {
    return list === undefined ? {receiver: to, amount} : {receiver: list[1], amount: list[2]};
  }
  if (!MAKES.has(name)) return {};
  return list === undefined ? {receiver: who, amount} : {receiver: list[0], amount: list[1]};
}

const MAKES: ReadonlySet<string> = new Set(["Balances.Deposit", "Balances.Minted"]);
