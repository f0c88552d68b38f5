import {type Clock, formatReport, type Logger, type LogLevel, type Report} from "#base";
import type {Trap} from "#runtime-api";

const TARGET = "runtime";

interface Telling {
  readonly level: LogLevel;
  /** Milliseconds between two that are told. */
  readonly pace: number;
  readonly did?: string;
  readonly todo?: string;
}

const BLAME = "report it to whoever builds this runtime, with these lines";

/** Calls that a block needs: somebody has to do something about them. */
const TELLINGS: Readonly<Record<string, Telling>> = {
  Core_execute_block: {
    level: "warn",
    pace: 10_000,
    did: "the block is not taken",
    todo: `if others take it, report these lines as a fault of this program; else its author is at fault`,
  },
  Core_initialize_block: {level: "warn", pace: 10_000, did: "no block is made of it", todo: BLAME},
  BlockBuilder_apply_extrinsic: {
    level: "warn",
    pace: 10_000,
    did: "the extrinsic is left out",
    todo: BLAME,
  },
  BlockBuilder_inherent_extrinsics: {
    level: "warn",
    pace: 10_000,
    did: "no block is made of it",
    todo: BLAME,
  },
  BlockBuilder_finalize_block: {
    level: "warn",
    pace: 10_000,
    did: "no block is made of it",
    todo: BLAME,
  },
  TaggedTransactionQueue_validate_transaction: {
    level: "info",
    pace: 60_000,
    did: "the transaction is not taken",
  },
};
/** What clients ask is theirs to see: they are told what it came to. */
const ANY_OTHER: Telling = {level: "debug", pace: 10_000};
/** Names of calls are clients' words. */
const OTHERS = "others";

/** Tells of traps in the log, one of a kind of call at a time, and how many more there were since. */
export class TrapLog {
  readonly #clock: Pick<Clock, "now">;
  readonly #logger: Logger;
  readonly #kinds = new Map<string, {last: number | undefined; untold: number}>();

  /** `clock`: steady. */
  constructor(clock: Pick<Clock, "now">, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Whether another trap of this call is told; one that is not is counted. */
  isDue(name: string): boolean {
    const kind = this.#kindOf(name);
    const {pace} = TELLINGS[name] ?? ANY_OTHER;
    if (kind.last === undefined || this.#clock.now() - kind.last >= pace) return true;
    kind.untold++;
    return false;
  }

  tell({name, message}: Pick<Trap, "name" | "message">, facts: NonNullable<Report["facts"]>): void {
    const kind = this.#kindOf(name);
    const {level, did, todo} = TELLINGS[name] ?? ANY_OTHER;
    const more =
      kind.untold === 0 ? [] : [["more", `${kind.untold} since the last one told`] as const];
    const report: Report = {
      code: "runtime-trapped",
      what: `${name}: ${message}`,
      facts: [...facts, ...more],
      ...(did === undefined ? {} : {did}),
      ...(todo === undefined ? {} : {todo}),
    };
    kind.last = this.#clock.now();
    kind.untold = 0;
    this.#logger.log(level, TARGET, formatReport(report));
  }

  #kindOf(name: string) {
    const kind = name in TELLINGS ? name : OTHERS;
    let known = this.#kinds.get(kind);
    if (known === undefined) {
      known = {last: undefined, untold: 0};
      this.#kinds.set(kind, known);
    }
    return known;
  }
}
