import {nearestName} from "#base";
import type {AccountName, TestCall} from "../api.ts";
import type {ChainSubmitOptions, TraceLevel} from "../chain-api.ts";
import {checkOptions} from "./check-options.ts";
import {shownValue} from "./shown-value.ts";

/** What `Date` can hold either way (ECMA-262 §21.4.1.1): chains tell the time in the same milliseconds. */
const LAST_MOMENT = 8.64e15;
/** Milliseconds that a timer can wait; Node takes more for one. */
const LONGEST_WAIT = 2_147_483_647;

/** What a test hands over is looked at before it is inside, where it would fail in words about that. */
export function checkSubmit(signer: AccountName, call: TestCall, options: ChainSubmitOptions) {
  checkName("submit: the signer", signer);
  checkCall("submit", call);
  checkOptions("submit", options, ["tip", "nonce", "limit"]);
  const {tip, nonce, limit} = options;
  if (tip !== undefined && (typeof tip !== "bigint" || tip < 0n)) {
    throw new Error(`submit: tip is a bigint of at least 0, such as 5n, not ${shownValue(tip)}`);
  }
  if (nonce !== undefined && !(Number.isSafeInteger(nonce) && nonce >= -1)) {
    throw new Error(
      `submit: nonce is a whole number, or -1 for the next, not ${shownValue(nonce)}`,
    );
  }
  if (limit !== undefined && !(limit > 0 && limit <= LONGEST_WAIT)) {
    throw new Error(`submit: limit is 1 to ${LONGEST_WAIT} milliseconds, not ${shownValue(limit)}`);
  }
}

export function checkCall(what: string, call: TestCall): void {
  const isCall =
    typeof call === "object" &&
    call !== null &&
    typeof call.call === "string" &&
    typeof call.args === "object" &&
    call.args !== null;
  if (isCall) return;
  throw new Error(
    `${what} takes a call, such as call("System.remark", {remark: "0x00"}), not ${shownValue(call)}`,
  );
}

function checkName(what: string, name: unknown): void {
  if (typeof name === "string") return;
  throw new Error(
    `${what} is an account's name, a path, an address or a public key, not ${shownValue(name)}`,
  );
}

/** `block` as `at` takes it. */
export function checkBlock(block: unknown): asserts block is number | "best" | "finalized" {
  const isNumber = Number.isSafeInteger(block) && (block as number) >= 0;
  if (isNumber || block === "best" || block === "finalized") return;
  const nearest = typeof block === "string" ? nearestName(block, ["best", "finalized"]) : undefined;
  const hint =
    nearest === undefined ? 'a number, "best" or "finalized"' : `did you mean "${nearest}"?`;
  throw new Error(`at: ${shownValue(block)} is no block: ${hint}`);
}

/** A length of time that leads to a moment which there is. */
export function checkAdvance(milliseconds: unknown, now: number): void {
  const isLength = Number.isSafeInteger(milliseconds) && (milliseconds as number) >= 0;
  if (isLength && now + (milliseconds as number) <= LAST_MOMENT) return;
  throw new Error(
    `advance: ${shownValue(milliseconds)} is no length of time in whole milliseconds`,
  );
}

export function checkLevel(level: unknown): asserts level is TraceLevel | undefined {
  if (level === undefined || [0, 1, 2, 3, 4].includes(level as number)) return;
  throw new Error(`a trace has the level 0, 1, 2, 3 or 4, not ${shownValue(level)}`);
}
