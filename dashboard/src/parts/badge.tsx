import type {ComponentChildren} from "preact";
import type {OutcomeTone} from "../text/outcome-words.ts";

const GLYPHS: Readonly<Record<OutcomeTone, string>> = {
  good: "✓",
  waiting: "…",
  bad: "!",
  quiet: "·",
};

/** A word about how something is; the sign says the same as the colour. */
export function Badge({tone, children}: {tone: OutcomeTone; children: ComponentChildren}) {
  return (
    <span class={`badge ${tone}`}>
      <span aria-hidden="true">{GLYPHS[tone]}</span>
      {children}
    </span>
  );
}
