import {appendFileSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {makeFolder} from "#durable-file";
import type {SlotRecord} from "../vocabulary.ts";
import type {SlotKeeper} from "./slot-keeper.ts";
import {readSlotLine, slotLine} from "./slot-line.ts";

const NAME = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

/** The file of the day, UTC, on which a moment lies. */
const nameOf = (time: number): string => `${new Date(time).toISOString().slice(0, 10)}.jsonl`;

/** One file a day: forgetting is removing files, and whoever wants to can read them. */
export function openSlotFiles(directory: string): SlotKeeper {
  makeFolder(directory);
  const files = () =>
    readdirSync(directory)
      .filter(name => NAME.test(name))
      .sort();
  return {
    load(since) {
      const first = nameOf(since);
      return files()
        .filter(name => name >= first)
        .flatMap(name => readFileSync(join(directory, name), "utf8").split("\n"))
        .map(line => (line === "" ? undefined : readSlotLine(line)))
        .filter((record): record is SlotRecord => record !== undefined && record.at >= since);
    },
    add(record) {
      // The line break comes first: what a crash cut short then spoils no line but its own.
      appendFileSync(join(directory, nameOf(record.at)), `\n${slotLine(record)}`);
    },
    forget(before) {
      const first = nameOf(before);
      for (const name of files()) if (name < first) rmSync(join(directory, name), {force: true});
    },
  };
}
