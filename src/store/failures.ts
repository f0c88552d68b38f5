import {counted, type Hex, type Report} from "#base";

/** Why a database was not opened. Nothing on disk was changed. */
export type OpenFailure =
  | {code: "database-locked"; file: string; pid: number}
  /** `file` is not there or empty, and `marker` says that a chain was begun. Its genesis hash in hex. */
  | {code: "database-missing"; file: string; marker: string; genesis: string; signed: boolean}
  /** `isBeyondRepair`: a check has nothing to begin with. */
  | {code: "database-corrupt"; file: string; detail: string; isBeyondRepair?: true}
  | {code: "database-not-writable"; file: string; detail: string}
  | {code: "import-unfinished"; file: string; pieces: number}
  /** `isOfBefore`: a node that is started on it goes on with it. */
  | {code: "schema-unknown"; file: string; found: number; supported: number; isOfBefore?: true}
  | {code: "genesis-mismatch"; file: string; found: Hex; expected: Hex};

/** What helps where nothing is left to repair from. */
export const BEGIN_ANEW =
  "restore the file from a copy; or khala purge-chain (keys stay), then khala snapshot import FOLDER, or start the node with --sync warp";

/** What happened, the facts, what was done and what to do next, for a person to read. */
export function describeOpenFailure(failure: OpenFailure): string {
  const {what, facts} = told(failure);
  const body = Object.entries(facts).map(([name, value]) => `  ${name.padEnd(13)}  ${value}`);
  return [`${failure.code}: ${what}`, ...body].join("\n");
}

/** The same in its parts. */
export function openFailureReport(failure: OpenFailure): Report {
  const {what, facts} = told(failure);
  const {did, do: todo, ...rest} = facts;
  return {
    code: failure.code,
    what,
    facts: Object.entries(rest),
    ...(did === undefined ? {} : {did}),
    ...(todo === undefined ? {} : {todo}),
  };
}

interface Told {
  readonly what: string;
  readonly facts: Readonly<Record<string, string>>;
}

function told(failure: OpenFailure): Told {
  const {file} = failure;
  switch (failure.code) {
    case "database-locked":
      return tell("another process uses this database", {
        file,
        process: String(failure.pid),
        did: "opened nothing",
        do: "stop that process, or start this one with another --base-path",
      });
    case "database-missing":
      return tell("this chain was begun here, and its database is gone or empty", {
        file,
        "begun with": failure.genesis,
        "says so": failure.marker,
        ...(failure.signed ? {"also there": "what its keys signed last"} : {}),
        did: "opened nothing, changed nothing",
        do: "mount or restore what is missing; or, to begin anew, khala purge-chain, and --sync warp to be back soon",
      });
    case "database-corrupt":
      return tell("the database file is damaged", {
        file,
        detail: failure.detail,
        did: "opened nothing, changed nothing",
        do: failure.isBeyondRepair
          ? BEGIN_ANEW
          : "khala db check says what is damaged, and with --repair --from URL mends it; or purge-chain and sync again",
      });
    case "database-not-writable":
      return tell("the database cannot be written", {
        file,
        detail: failure.detail,
        did: "opened nothing",
        do:
          failure.detail.includes("ENOSPC") || failure.detail.includes("No space")
            ? "make room there, or choose another --base-path"
            : "give this user the right to write there, or choose another --base-path",
      });
    case "import-unfinished":
      return tell("a snapshot began to be imported into this database, and is not whole", {
        file,
        "came in": counted(failure.pieces, "file of its state", "files of its state"),
        did: "opened nothing, changed nothing",
        do: "run the same khala snapshot import again, which goes on there, or khala snapshot import --discard",
      });
    case "schema-unknown":
      return tell("the database was written by another version of this program", {
        file,
        found: `layout ${failure.found}`,
        supported: `layout ${failure.supported}`,
        did: "opened nothing, changed nothing",
        do:
          failure.isOfBefore === true
            ? "start the node on it once, which brings it into this layout, and stop it; then ask again"
            : "use that version, or remove the chain with purge-chain and sync again",
      });
    case "genesis-mismatch":
      return tell("the database belongs to another chain", {
        file,
        "in database": failure.found,
        "in chain spec": failure.expected,
        did: "opened nothing, changed nothing",
        do: "choose the chain spec the database was made with, another --base-path, or purge-chain",
      });
  }
}

const tell = (what: string, facts: Record<string, string>): Told => ({what, facts});

/** `database-full`: no space left where the database is. */
export type StoreFaultCode = "database-corrupt" | "database-full" | "database-failed";

/** The database failed under a running node, which has to stop: nothing after this can be kept. */
export class StoreFault extends Error {
  readonly code: StoreFaultCode;

  constructor(code: StoreFaultCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, {cause});
    this.name = "StoreFault";
    this.code = code;
  }
}
