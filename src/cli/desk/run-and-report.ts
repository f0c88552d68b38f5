import {formatReport} from "#base";
import {FAILURE, USAGE} from "../command.ts";
import type {Terminal} from "../key/index.ts";
import {DeskError} from "./desk-error.ts";

/** Faults of the command line. */
const USAGE_CODES = [
  "account-missing",
  "address-invalid",
  "key-type-unknown",
  "secret-missing",
  "secret-on-command-line",
  "chain-missing",
  "flag-missing",
  "flag-invalid",
  "argument-missing",
];

/** Runs a command, and puts what it cannot go on after before its operator. */
export async function runAndReport(
  terminal: Terminal,
  act: () => Promise<number>,
): Promise<number> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    terminal.stderr(formatReport(error.report));
    return USAGE_CODES.includes(error.report.code) ? USAGE : FAILURE;
  }
}
