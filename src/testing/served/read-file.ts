import {readFileSync, statSync} from "node:fs";
import {err, ok, type Result} from "#base";

/** A file's bytes, or why not, in words. One that has no end would be read until there is no memory left. */
export function readFile(path: string): Result<Buffer, string> {
  try {
    if (statSync(path).isCharacterDevice()) return err(`${path} is a device, and no file`);
    return ok(readFileSync(path));
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
