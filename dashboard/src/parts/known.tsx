import type {ComponentChildren} from "preact";
import {UNKNOWN} from "../text/known.ts";

interface KnownProps<T> {
  readonly value: T | null | undefined;
  readonly children: (known: T) => ComponentChildren;
}

/** A fact, or that the chain does not publish it. */
export function Known<T>({value, children}: KnownProps<T>) {
  if (value === null || value === undefined) return <span class="soft">{UNKNOWN}</span>;
  return <>{children(value)}</>;
}
