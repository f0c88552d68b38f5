import {type BinaryString, err, ok, type Result} from "#base";
import {CODE_KEY} from "#primitives";
import {readCodeVersion} from "#runtime-api";
import type {StateVersion} from "#trie";

/**
 * How the first state is laid out: as its runtime says. Code without the section by which runtimes say their version is from
 * before 2021, and laid out in version 0, for there was no other until 2022. The failure is a reason for people.
 */
export function genesisStateVersion(
  entries: ReadonlyMap<BinaryString, Uint8Array>,
): Result<StateVersion, string> {
  const code = entries.get(CODE_KEY);
  if (code === undefined) return err("the state holds no runtime (:code)");
  const version = readCodeVersion(code);
  if (!version.ok) {
    return version.error.code === "version-missing"
      ? ok(0)
      : err(`:code has no readable version (${version.error.code})`);
  }
  // Systems of a higher version lay out states as those of version 1 do (sp-version, `state_version`).
  return ok(version.value.stateVersion === 0 ? 0 : 1);
}
