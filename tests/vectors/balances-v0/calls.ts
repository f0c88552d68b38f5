import {bool, compactU128, u128} from "#codec";
import {type AccountId, multiAddress, weightOf} from "#primitives";
import type {Externalities} from "#state";
import {
  type Call,
  call,
  type DispatchResult,
  done,
  ensureRoot,
  ensureSigned,
  failed,
  lookup,
  outcome,
} from "../../../src/runtime/testing.ts";
import type {Ledger} from "./ledger.ts";

const oneAccount = (refTime: bigint) => () => weightOf(refTime, 3_593n);

/** The six calls of Balances as of spec 1241, with their recorded weights (`call-weights`). */
export function balancesV0Calls(ledger: Ledger): Call[] {
  const move = (
    state: Externalities,
    from: AccountId,
    dest: Parameters<typeof lookup>[0],
    amount: bigint,
    keepAlive: boolean,
  ): DispatchResult => {
    const to = lookup(dest);
    return to.ok
      ? outcome(ledger.transfer(state, from, to.value, amount, keepAlive))
      : failed(to.error);
  };
  return [
    call({
      name: "transfer",
      index: 0,
      docs: "",
      args: {dest: multiAddress, value: compactU128},
      weight: oneAccount(163_109_000n),
      dispatch(state, origin, {dest, value}) {
        const from = ensureSigned(origin);
        return from.ok ? move(state, from.value, dest, value, false) : failed(from.error);
      },
    }),
    call({
      name: "set_balance",
      index: 1,
      docs: "",
      args: {who: multiAddress, newFree: compactU128, newReserved: compactU128},
      weight: oneAccount(146_419_000n),
      dispatch(state, origin, {who, newFree, newReserved}) {
        const root = ensureRoot(origin);
        if (!root.ok) return failed(root.error);
        const account = lookup(who);
        if (!account.ok) return failed(account.error);
        return outcome(ledger.setBalance(state, account.value, newFree, newReserved));
      },
    }),
    call({
      name: "force_transfer",
      index: 2,
      docs: "",
      args: {source: multiAddress, dest: multiAddress, value: compactU128},
      weight: () => weightOf(290_360_000n, 6_196n),
      dispatch(state, origin, {source, dest, value}) {
        const root = ensureRoot(origin);
        if (!root.ok) return failed(root.error);
        const from = lookup(source);
        return from.ok ? move(state, from.value, dest, value, false) : failed(from.error);
      },
    }),
    call({
      name: "transfer_keep_alive",
      index: 3,
      docs: "",
      args: {dest: multiAddress, value: compactU128},
      weight: oneAccount(174_250_000n),
      dispatch(state, origin, {dest, value}) {
        const from = ensureSigned(origin);
        return from.ok ? move(state, from.value, dest, value, true) : failed(from.error);
      },
    }),
    call({
      name: "transfer_all",
      index: 4,
      docs: "",
      args: {dest: multiAddress, keepAlive: bool},
      weight: oneAccount(160_121_000n),
      dispatch(state, origin, {dest, keepAlive}) {
        const from = ensureSigned(origin);
        if (!from.ok) return failed(from.error);
        const amount = ledger.reducible(state, from.value, keepAlive);
        return move(state, from.value, dest, amount, keepAlive);
      },
    }),
    call({
      name: "force_unreserve",
      index: 5,
      docs: "",
      args: {who: multiAddress, amount: u128},
      weight: oneAccount(142_029_000n),
      dispatch(state, origin, {who, amount}) {
        const root = ensureRoot(origin);
        if (!root.ok) return failed(root.error);
        const account = lookup(who);
        if (!account.ok) return failed(account.error);
        ledger.unreserve(state, account.value, amount);
        return done();
      },
    }),
  ];
}
