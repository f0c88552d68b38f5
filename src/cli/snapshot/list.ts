import {existsSync, readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import {MANIFEST, type Manifest, openManifest, unfinishedSubject} from "#snapshot";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {table} from "../table.ts";
import {manifestFacts} from "./describe.ts";
import {countText, sizeText} from "./progress.ts";

interface Found {
  readonly folder: string;
  readonly manifest: Manifest | undefined;
  /** Why it is none that can be imported. */
  readonly fault: string | undefined;
}

/** Says what snapshots there are in folders, and in those right below. */
export async function listing(values: FlagValues, terminal: Terminal): Promise<number> {
  const found = values.positional.flatMap(folder => look(folder));
  if (found.length === 0) {
    throw new DeskError({
      code: "snapshot-missing",
      what: "there is no snapshot",
      facts: [["looked in", values.positional.join(", ")]],
      todo: "name a folder that khala snapshot export wrote, or one with several",
    });
  }
  const facts = found.map(({folder, manifest, fault}) =>
    manifest === undefined
      ? {folder, fault}
      : {...manifestFacts(folder, manifest), components: manifest.components},
  );
  const rows = found.map(({folder, manifest, fault}) => {
    if (manifest === undefined) return [folder, "", "", "", fault!, ""];
    const {rows: keys, size} = manifest.components.state;
    const {chain, block} = manifest;
    return [folder, chain.name, String(block.number), block.hash, countText(keys), sizeText(size)];
  });
  const shape = {right: [2, 4, 5], columns: terminal.columns};
  answer(
    terminal,
    values,
    facts,
    table(["folder", "chain", "block", "hash", "keys", "size"], rows, shape),
  );
  return SUCCESS;
}

function look(folder: string): Found[] {
  if (!existsSync(folder)) return [];
  const own = lookAt(folder);
  if (own !== undefined) return [own];
  return readdirSync(folder)
    .sort()
    .map(name => join(folder, name))
    .filter(path => statSync(path, {throwIfNoEntry: false})?.isDirectory() === true)
    .flatMap(path => lookAt(path) ?? []);
}

function lookAt(folder: string): Found | undefined {
  if (existsSync(join(folder, MANIFEST))) {
    const manifest = openManifest(folder);
    return manifest.ok
      ? {folder, manifest: manifest.value, fault: undefined}
      : {folder, manifest: undefined, fault: manifest.error.what};
  }
  const subject = unfinishedSubject(folder);
  if (subject === undefined) return undefined;
  return {folder, manifest: undefined, fault: `not whole yet: block ${subject.block.number}`};
}
