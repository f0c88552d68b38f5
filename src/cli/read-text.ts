import {readFileSync} from "node:fs";
import {err, ok} from "#base";
import type {ReadText} from "#chain-spec";

/** A file's text, or the system's reason why not. */
export const readText: ReadText = path => {
  try {
    return ok(readFileSync(path, "utf8"));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
};
