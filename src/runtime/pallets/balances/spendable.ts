import {err, ok, type Result} from "#base";
import {MAX_U128} from "#codec";
import type {AccountId, DispatchError, TokenError} from "#primitives";
import type {Externalities} from "#state";
import type {References} from "../system/index.ts";
import type {AccountStore} from "./account-store.ts";

/** Expendable: the account may go. Protect: only if something else keeps it. Preserve: never. */
export type Preservation = "Expendable" | "Protect" | "Preserve";

const token = (value: TokenError): DispatchError => ({type: "Token", value});

/** What an account can part with or take (spec/pallets §8.2). */
export class Spendable {
  readonly #accounts: AccountStore;
  readonly #references: References;
  readonly #totalIssuance: (state: Externalities) => bigint;

  constructor(
    accounts: AccountStore,
    references: References,
    totalIssuance: (state: Externalities) => bigint,
  ) {
    this.#accounts = accounts;
    this.#references = references;
    this.#totalIssuance = totalIssuance;
  }

  /** The most that can leave. Not polite: locks and freezes are ignored. */
  reducible(
    state: Externalities,
    who: AccountId,
    preservation: Preservation,
    polite = true,
  ): bigint {
    const {data, providers} = this.#accounts.info(state, who);
    const {existentialDeposit} = this.#accounts;
    let untouchable = polite && data.frozen > data.reserved ? data.frozen - data.reserved : 0n;
    const mustStay =
      preservation === "Preserve" ||
      (preservation === "Protect" && data.free > 0n && providers === 1) ||
      (preservation === "Expendable" &&
        data.free > 0n &&
        !this.#references.canDecProvider(state, who));
    if (mustStay && untouchable < existentialDeposit) untouchable = existentialDeposit;
    return data.free > untouchable ? data.free - untouchable : 0n;
  }

  canWithdraw(
    state: Externalities,
    who: AccountId,
    amount: bigint,
    preservation: Preservation,
  ): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    if (amount > this.#totalIssuance(state)) return err({type: "Arithmetic", value: "Underflow"});
    const {free, reserved, frozen} = this.#accounts.get(state, who);
    if (amount > free) return err(token("FundsUnavailable"));
    if (amount > this.reducible(state, who, "Expendable")) return err(token("Frozen"));
    const left = free - amount;
    const goes = left < this.#accounts.existentialDeposit;
    if (goes && !this.#references.canDecProvider(state, who)) return err(token("OnlyProvider"));
    if (left + reserved < frozen) return err(token("Frozen"));
    if (goes && preservation !== "Expendable") return err(token("NotExpendable"));
    return ok();
  }

  canDeposit(state: Externalities, who: AccountId, amount: bigint): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    const {free, reserved} = this.#accounts.get(state, who);
    const overflow = err<DispatchError>({type: "Arithmetic", value: "Overflow"});
    if (free + amount > MAX_U128) return overflow;
    if (free + amount < this.#accounts.existentialDeposit) return err(token("BelowMinimum"));
    if (reserved + free + amount > MAX_U128) return overflow;
    return ok();
  }
}
