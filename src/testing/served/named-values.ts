import type {AccountBook} from "../accounts/account-book.ts";

/**
 * Values as a test writes them down, in the form that clients hand over: names of accounts become addresses, numbers beyond 53 bits
 * text. A text that is the name of an account is one wherever it stands: what else is written as text begins with 0x or is the
 * case of an enum, which is spelt with a capital.
 */
export function namedValues(values: unknown, accounts: AccountBook): unknown {
  if (typeof values === "bigint") return String(values);
  if (typeof values === "string")
    return accounts.hasName(values) ? addressOf(values, accounts) : values;
  if (Array.isArray(values)) return values.map(one => namedValues(one, accounts));
  if (typeof values !== "object" || values === null || ArrayBuffer.isView(values)) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, namedValues(value, accounts)]),
  );
}

const addressOf = (name: string, accounts: AccountBook): string =>
  accounts.addressOf(accounts.publicKey(name));
