import {GENERIC_SS58_PREFIX, isSs58Prefix, type Ss58Prefix} from "#crypto";
import type {ChainDescription} from "./chain-description.ts";
import {readConstant} from "./find.ts";

/**
 * The prefix that addresses of a chain have: as its runtime says (`System.SS58Prefix`), as its chain spec does
 * (`ss58Format` of its properties) where the runtime does not, and the one of all chains where neither does.
 */
export function addressPrefix(
  description: ChainDescription | undefined,
  properties: Readonly<Record<string, unknown>> = {},
): Ss58Prefix {
  const constant = description && readConstant(description, "System.SS58Prefix");
  const known = [constant?.ok ? constant.value : undefined, properties.ss58Format];
  return known.find(isPrefix) ?? GENERIC_SS58_PREFIX;
}

const isPrefix = (value: unknown): value is Ss58Prefix =>
  typeof value === "number" && isSs58Prefix(value);
