import {err, ok, type Report, type Result} from "#base";
import type {GenesisMakers} from "#chain-spec";
import type {DevelopmentWishes} from "#rehearsal";
import {DeskError} from "../desk/desk-error.ts";
import type {Flag, FlagValues} from "../flags/index.ts";
import {askedIn} from "../rehearse/asked.ts";
import {REHEARSE_FLAGS} from "../rehearse/rehearse-flags.ts";
import {codeInFile} from "../runtime/find-code.ts";
import {DEV_NAMES} from "./node-flags.ts";

/** What a chain may be told that is rehearsed on the way. */
const ON_THE_WAY = ["code", "rate", "set"];
const GROUP = "Rehearsal of another chain";

/** Of `khala dev` alone. */
export const WATCH_FLAG: Flag = {
  name: "watch",
  group: GROUP,
  values: "none",
  docs: "go on with each new module that is built into the file of --code, state kept",
};

/** Of `khala dev` and `khala net`, beside those of a node. */
export const DEV_FLAGS: readonly Flag[] = REHEARSE_FLAGS.filter(({name}) =>
  ON_THE_WAY.includes(name),
).map(flag => ({...flag, group: GROUP}));

/** That of the chain of this program's own runtime something is asked that only other chains are told; undefined: nothing is. */
export function ofOtherChains(values: Pick<FlagValues, "has">): Report | undefined {
  const flags = ON_THE_WAY.filter(name => values.has(name)).map(name => `--${name}`);
  if (flags.length === 0) return undefined;
  return {
    code: "flag-invalid",
    what: `${flags.join(", ")}: of another chain that is rehearsed, and this is the one of khala's own runtime`,
    did: "not started",
    todo: "name the other chain: --chain SPEC; this one's parameters are set by --param",
  };
}

/** Names of the well-known accounts whose flags are there: `Alice`. */
export const namedIn = (values: FlagValues): readonly string[] =>
  DEV_NAMES.filter(name => values.has(name)).map(
    name => `${name[0]!.toUpperCase()}${name.slice(1)}`,
  );

/** What the flags ask of a rehearsal on the way. */
export function wishesIn(
  values: FlagValues,
  makers: GenesisMakers,
): Result<DevelopmentWishes, Report> {
  try {
    const file = values.one("code");
    const code = file === undefined ? undefined : codeInFile(file, makers).code;
    // A judge that is asked for should be able to judge.
    const proofSize = values.has("validate-own-blocks") ? ("recorded" as const) : undefined;
    return ok({...askedIn(values), code, proofSize});
  } catch (error) {
    if (error instanceof DeskError) return err(error.report);
    throw error;
  }
}
