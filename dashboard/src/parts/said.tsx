import type {Part} from "../chain/described.ts";
import {amountText} from "../text/amount.ts";
import {Address} from "./names.tsx";

/** What a value says, with accounts by their names and amounts in the chain's unit. */
export function Said({parts, isPlain = false}: {parts: readonly Part[]; isPlain?: boolean}) {
  return (
    <span class="value">
      {parts.map((part, i) =>
        typeof part === "string" ? (
          part
        ) : "account" in part ? (
          <Address key={i} of={part.account} isPlain={isPlain} />
        ) : (
          amountText(part.amount)
        ),
      )}
    </span>
  );
}
