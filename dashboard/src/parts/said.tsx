import type {Part} from "../chain/described.ts";
import {amountText, exactAmountText} from "../text/amount.ts";
import {Address} from "./names.tsx";

interface SaidProps {
  readonly parts: readonly Part[];
  readonly isPlain?: boolean;
  /** Amounts with all their digits: somebody agrees to them. */
  readonly isExact?: boolean;
}

/** What a value says, with accounts by their names and amounts in the chain's unit. */
export function Said({parts, isPlain = false, isExact = false}: SaidProps) {
  return (
    <span class="value">
      {parts.map((part, i) =>
        typeof part === "string" ? (
          part
        ) : "account" in part ? (
          <Address key={i} of={part.account} isPlain={isPlain} />
        ) : (
          (isExact ? exactAmountText : amountText)(part.amount)
        ),
      )}
    </span>
  );
}
