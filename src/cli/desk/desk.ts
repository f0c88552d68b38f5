import {encodeSs58, type KeyPairs} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";
import {amountText, neededText} from "./amounts.ts";
import {askChain, type ChainAtHand} from "./chain-at-hand.ts";
import type {NodeLink} from "./node-link.ts";
import {OperatorCalls} from "./operator-calls.ts";
import type {CallSender} from "./send-call.ts";

/** What a command about an account works with: the node, its chain, and how things are written. */
export interface Desk extends CallSender {
  readonly values: FlagValues;
  readonly terminal: Terminal;
  readonly keyPairs: KeyPairs;
  /** A fact on the way, which is not what was asked for. */
  say(label: string, text: string): void;
  amount(planck: bigint): string;
  /** Rounded up. */
  needed(planck: bigint): string;
  address(account: Uint8Array): string;
}

export async function openDesk(
  link: NodeLink,
  values: FlagValues,
  terminal: Terminal,
): Promise<Desk> {
  const crypto = await createNativeCrypto();
  const chain: ChainAtHand = await askChain(link, values, crypto);
  return {
    link,
    ask: (method, ...params) => link.ask(method, ...params),
    chain,
    calls: new OperatorCalls(chain.description),
    values,
    terminal,
    keyPairs: crypto.keyPairs,
    say: (label, text) => terminal.stderr(row(label, text)),
    amount: planck => amountText(planck, chain),
    needed: planck => neededText(planck, chain),
    address: account => encodeSs58(account, chain.prefix),
  };
}
