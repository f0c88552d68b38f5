import {closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync} from "node:fs";
import {dirname, join} from "node:path";
import {freeSpace} from "#store";
import {type Finding, levelOf} from "./finding.ts";
import type {Patient} from "./patient.ts";

const MEBIBYTE = 1_048_576;
/** As the node has it where nothing is said. */
const DEFAULT_LEAST = 256;
/** Below so many times the space at which the node stops, there is little time left. */
const MARGIN = 4;
const PROBE = ".khala-doctor";
const WRITES = 20;
const WRITE_SIZE = 4_096;
/** A block is on disk before it is told to others; a write may take this share of a slot, and no more than that. */
const GOOD_SHARE = 0.01;
const BAD_SHARE = 0.05;

/** Space and speed where the database is. */
export function checkDisk({basePath, values, slotDuration}: Patient): Finding[] {
  const place = existing(basePath);
  return [space(place, values.one("min-free-space")), speed(place, slotDuration)];
}

function space(place: string, leastText: string | undefined): Finding {
  const least = Number(leastText ?? DEFAULT_LEAST);
  const free = Math.floor(freeSpace(place) / MEBIBYTE);
  const what = `${free} MiB free at ${place}; the node stops below ${least}`;
  const level = levelOf(-free, -least * MARGIN, -least);
  if (level === "ok") return {check: "disk space", level, what};
  return {check: "disk space", level, what, todo: "make room, or move --base-path"};
}

function speed(place: string, slotDuration: number): Finding {
  const file = join(place, PROBE);
  const bytes = new Uint8Array(WRITE_SIZE).fill(1);
  let took: number;
  try {
    const descriptor = openSync(file, "w", 0o600);
    try {
      const began = performance.now();
      for (let i = 0; i < WRITES; i++) {
        writeSync(descriptor, bytes);
        fsyncSync(descriptor);
      }
      took = (performance.now() - began) / WRITES;
    } finally {
      closeSync(descriptor);
      rmSync(file, {force: true});
    }
  } catch (error) {
    return {
      check: "disk speed",
      level: "bad",
      what: `nothing can be written at ${place} (${(error as NodeJS.ErrnoException).code})`,
      todo: "run this as the node's user, or give that user the folder",
    };
  }
  const level = levelOf(took / slotDuration, GOOD_SHARE, BAD_SHARE);
  const what = `${took.toFixed(1)} ms for a write to be on disk, ${((100 * took) / slotDuration).toFixed(1)} % of a slot`;
  if (level === "ok") return {check: "disk speed", level, what};
  return {check: "disk speed", level, what, todo: "move --base-path to a local SSD"};
}

/** The folder, or the nearest one above it that there is. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}
