import {err, ok, type Result} from "#base";
import type {Flag} from "../flags/index.ts";

/** Where a value comes from. */
export type Origin =
  | {readonly kind: "flag"}
  | {readonly kind: "environment"; readonly variable: string}
  | {readonly kind: "file"; readonly file: string}
  | {readonly kind: "default"};

export function originText(origin: Origin): string {
  switch (origin.kind) {
    case "flag":
      return "command line";
    case "environment":
      return `environment, ${origin.variable}`;
    case "file":
      return origin.file;
    case "default":
      return "default";
  }
}

/** Values by flag name, as if they had been given as flags; null: a switch that is off on purpose. */
export type Settings = Map<
  string,
  {readonly values: readonly string[] | null; readonly origin: Origin}
>;

/** What is wrong with a source of settings; all of it is told at once. */
export interface SettingFault {
  /** As it is written there. */
  readonly key: string;
  readonly what: string;
  readonly todo: string;
}

const YES = ["true", "1", "yes", "on"];
const NO = ["false", "0", "no", "off"];

/** A switch's value; null for off. */
export function switchValue(text: string): Result<readonly string[] | null, string> {
  const lower = text.toLowerCase();
  if (YES.includes(lower)) return ok([""]);
  return NO.includes(lower) ? ok(null) : err("expected true or false");
}

export const expectedOf = ({values, placeholder}: Flag): string =>
  values === "none"
    ? "true or false"
    : values === "one"
      ? `one value: ${placeholder ?? "VALUE"}`
      : `a list: ["${placeholder ?? "VALUE"}", …]`;
