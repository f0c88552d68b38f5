import type {FactsFailure} from "#node";
import {DeskError} from "../desk/desk-error.ts";

/** Why nothing of a database was told, for its operator. */
export function factsError(failure: FactsFailure, basePath: string, id: string): DeskError {
  switch (failure.code) {
    case "running":
      return inUse(basePath, id, "another process may not read what it writes");
    case "nothing":
      return missing(basePath, id);
    case "unreadable":
      return new DeskError(failure.report);
    case "state-missing":
      return new DeskError({
        code: failure.height > failure.best ? "block-unknown" : "state-missing",
        what:
          failure.height > failure.best
            ? `there is no block ${failure.height}`
            : `no state of block ${failure.height} is kept`,
        facts: [
          ["best", `block ${failure.best}`],
          [
            "kept",
            failure.kept.states.map(({from, to}) => `${from} to ${to}`).join(", ") || "none",
          ],
        ],
        todo: "name a height that is kept",
      });
  }
}

export const inUse = (basePath: string, id: string, why: string): DeskError =>
  new DeskError({
    code: "database-locked",
    what: `a node has the database of ${id} under ${basePath} open`,
    todo: `stop it first: ${why}`,
  });

export const missing = (basePath: string, id: string): DeskError =>
  new DeskError({
    code: "database-missing",
    what: `no database of ${id} under ${basePath}`,
    todo: "name the node's --base-path and --chain",
  });
