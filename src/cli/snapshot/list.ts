import {existsSync, readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {
  faultyFiles,
  MANIFEST,
  type Manifest,
  openManifest,
  Snapshot,
  unfinishedSubject,
} from "#snapshot";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {sizeText} from "../size-text.ts";
import {table} from "../table.ts";
import {readFacts} from "./describe.ts";
import {countText} from "./progress.ts";

/** `whole`: as far as its sizes, its block and its manifest tell; its files are read by `snapshot verify`. */
type Standing = "whole" | "damaged" | "incomplete" | "unfinished";

interface Found {
  readonly folder: string;
  /** Of one that can be read and is of the block that it names. */
  readonly manifest: Manifest | undefined;
  readonly standing: Standing;
  /** What is wrong with it, where it is none that can be imported. */
  readonly fault: string | undefined;
}

/** Says what snapshots there are in folders, and in those right below. */
export async function listing(values: FlagValues, terminal: Terminal): Promise<number> {
  const found = await Promise.all(values.positional.flatMap(snapshotsIn).map(lookAt));
  if (found.length === 0) {
    throw new DeskError({
      code: "snapshot-missing",
      what: "there is no snapshot",
      facts: [["looked in", values.positional.join(", ")]],
      todo: "name a folder that khala snapshot export wrote, or one with several",
    });
  }
  const facts = found.map(({folder, manifest, standing, fault}) => ({
    ...(manifest === undefined
      ? {folder}
      : {...readFacts(folder, manifest), components: manifest.components}),
    standing,
    ...(fault === undefined ? {} : {fault}),
  }));
  const rows = found.map(({folder, manifest, standing, fault}) => {
    const told = fault === undefined ? standing : `${standing}: ${fault}`;
    if (manifest === undefined) return [folder, "", "", "", "", "", told];
    const {rows: keys, size} = manifest.components.state;
    const {chain, block} = manifest;
    const number = String(block.number);
    return [folder, chain.name, number, block.hash, countText(keys), sizeText(size), told];
  });
  const shape = {right: [2, 4, 5], columns: terminal.columns};
  answer(
    terminal,
    values,
    facts,
    table(["folder", "chain", "block", "hash", "keys", "size", "files"], rows, shape),
  );
  return SUCCESS;
}

/** A folder that is one, or those in it that are. */
function snapshotsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  if (isOne(folder)) return [folder];
  return readdirSync(folder)
    .sort()
    .map(name => join(folder, name))
    .filter(path => statSync(path, {throwIfNoEntry: false})?.isDirectory() === true)
    .filter(isOne);
}

const isOne = (folder: string): boolean =>
  existsSync(join(folder, MANIFEST)) || unfinishedSubject(folder) !== undefined;

async function lookAt(folder: string): Promise<Found> {
  if (!existsSync(join(folder, MANIFEST))) {
    const fault = `block ${unfinishedSubject(folder)!.block.number} is not whole yet`;
    return {folder, manifest: undefined, standing: "unfinished", fault};
  }
  const read = openManifest(folder);
  if (!read.ok) return {folder, manifest: undefined, standing: "damaged", fault: read.error.what};
  const manifest = read.value;
  const {missing, damaged} = faultyFiles(folder, manifest);
  if (missing.length > 0) {
    return {folder, manifest, standing: "incomplete", fault: `${named(missing)} not there`};
  }
  if (damaged.length > 0) {
    return {folder, manifest, standing: "damaged", fault: `${named(damaged)} of another size`};
  }
  const {hashing} = withBlockHashing(await createNativeCrypto(), manifest.chain.blockHashing);
  const opened = await Snapshot.open(folder, hashing);
  return opened.ok
    ? {folder, manifest, standing: "whole", fault: undefined}
    : {folder, manifest: undefined, standing: "damaged", fault: opened.error.what};
}

function named([first, ...others]: readonly string[]): string {
  return others.length === 0 ? `${first} is` : `${first} and ${countText(others.length)} more are`;
}
