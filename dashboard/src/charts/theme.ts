import {signal} from "@preact/signals";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Charts are drawn with colours of the page, and drawn again when those change. */
export const isDark = signal(dark.matches);
dark.addEventListener("change", () => {
  isDark.value = dark.matches;
});

export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
