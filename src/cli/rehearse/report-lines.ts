import type {RehearsedSpec} from "#rehearsal";
import {row} from "../table.ts";

/** For people: what runs, what was replaced, what the chain has no place for, and what will surprise. */
export function reportLines({spec, report, settings}: RehearsedSpec): string[] {
  const {from, runtime, replaced, skipped, notes, startsAt} = report;
  const start = new Date(settings.chainStart).toISOString();
  return [
    `${spec.name}: a rehearsal of ${from} with ${runtime}`,
    row("chain", `${spec.id}, from block ${startsAt} on`),
    row("time", `from ${start} on, ${settings.rate} times as fast as a clock`),
    row("voters", `${settings.voters.length}, outside of the runtime where it names none`),
    ...listed("replaced", replaced),
    ...listed("skipped", skipped),
    ...listed("note", notes),
  ];
}

const listed = (label: string, lines: readonly string[]) =>
  lines.map((line, i) => row(i === 0 ? label : "", line));
