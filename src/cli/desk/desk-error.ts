import type {Report} from "#base";

/** Why a command cannot go on, in words for its operator. */
export class DeskError extends Error {
  readonly report: Report;

  constructor(report: Report) {
    super(report.code);
    this.report = {did: "nothing", ...report};
  }
}
