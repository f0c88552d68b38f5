import {err, ok, type Report, type Result} from "#base";

/** Ends the making of a rehearsal from any depth; `attemptRehearsal` turns it into a value. */
class RehearsalStop extends Error {
  readonly report: Report;

  constructor(report: Report) {
    super(report.what);
    this.report = report;
  }
}

/** Nothing half rehearsed comes out: what cannot be done as it should be ends all of it. */
export function stop(report: Report): never {
  throw new RehearsalStop({did: "wrote nothing", ...report});
}

export function attemptRehearsal<T>(make: () => T): Result<T, Report> {
  try {
    return ok(make());
  } catch (error) {
    if (error instanceof RehearsalStop) return err(error.report);
    throw error;
  }
}

/** The value, or the end of the whole for the reason that there is none. */
export const taken = <T>(result: Result<T, Report>): T =>
  result.ok ? result.value : stop(result.error);
