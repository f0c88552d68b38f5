import {describeRuntime, StateReader} from "#description";
import type {RunningNode} from "#node";
import {CODE_KEY} from "#primitives";
import {compilerOf} from "#runtime-api";
import {builtWith} from "../runtime/inspection-text.ts";

type Named = (account: Uint8Array) => string;

/** What a person wants to know of a runtime that is not this program's: label and text of each line. */
export function runtimeLines(
  {chain, rehearsal, crypto}: RunningNode,
  nameOf: Named,
): (readonly [string, string])[] {
  const {state} = chain.head;
  const runtime = chain.runtimeOf(state);
  const code = state.get(CODE_KEY);
  if (!runtime.ok || code === undefined) return [];
  const {specName, specVersion} = runtime.value.version;
  const compiler = compilerOf(code);
  const built = compiler === undefined ? "" : `, built with ${builtWith(compiler)}`;
  const lines: (readonly [string, string])[] = [["runtime", `${specName} ${specVersion}${built}`]];
  if (rehearsal === undefined) return lines;
  const host = chain.host(state, {verifySignature: () => false});
  const description = describeRuntime(runtime.value, host);
  const reader = description.ok
    ? new StateReader(description.value, state, crypto.hashing)
    : undefined;
  const pace =
    rehearsal.rate === 1 ? "in real time" : `${rehearsal.rate} times as fast as real time`;
  return [
    ...lines,
    [
      "rehearsal",
      `${pace}; a stand-in answers for the relay chain, and the live chain has moved on`,
    ],
    ["governed by", reader === undefined ? "unknown" : governors(reader, nameOf)],
  ];
}

/** Who may change the chain, by the pallets that chains have for it. */
function governors(reader: StateReader, nameOf: Named): string {
  const sudo = reader.read("Sudo.Key");
  const named = (label: string, item: string): string[] => {
    const members = reader.read(item);
    const isList = Array.isArray(members) && members.length > 0;
    return isList ? [`${label} ${members.map(nameOf).join(", ")}`] : [];
  };
  const all = [
    ...(sudo instanceof Uint8Array ? [`sudo ${nameOf(sudo)}`] : []),
    ...named("council", "Council.Members"),
    ...named("technical committee", "TechnicalCommittee.Members"),
  ];
  if (all.length > 0) return all.join("; ");
  return reader.publishes("ParachainSystem.LastDmqMqcHead")
    ? "the relay chain, by message: dev_dispatch sends one as root"
    : "nobody that this program knows of: the runtime names neither sudo nor a council";
}

/** A span of real time, of blocks that take so long each: `6 h`, `3 min`, `12 s`. */
export function spanText(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  const [amount, unit] =
    seconds >= 7_200
      ? [seconds / 3_600, "h"]
      : seconds >= 120
        ? [seconds / 60, "min"]
        : [seconds, "s"];
  return `${Math.round(amount * 10) / 10} ${unit}`;
}
