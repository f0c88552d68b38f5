import {err, ok, type Result} from "#base";
import {readText} from "./read-text.ts";

/** The keystore's password in a file, without the end of its line; why not, in words, where there is none. */
export function readPasswordFile(file: string): Result<string, string> {
  const text = readText(file);
  if (!text.ok) return err("a file that can be read");
  const password = text.value.replace(/\r?\n$/, "");
  // An empty one would be no password at all, and keys stored by it everybody's who has the file.
  return password.trim() === "" ? err("a file with a password; this one is empty") : ok(password);
}
