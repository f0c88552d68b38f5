import {readFileSync, statSync} from "node:fs";
import {err, ok} from "#base";
import type {ReadText} from "#chain-spec";

/** A file's text, or the system's reason why not. */
export const readText: ReadText = path => {
  try {
    // One that has no end would be read until there is no memory left; a terminal and a pipe have one.
    const found = statSync(path);
    if (found.isCharacterDevice() && !isTerminal(path))
      return err(`${path} is a device, and no file`);
    return ok(readFileSync(path, "utf8"));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
};

const isTerminal = (path: string): boolean => /^\/dev\/(stdin|tty|fd\/|pts\/)/.test(path);
