/**
 * `khala runtime …`, `khala types`: what there is to know of a runtime before a chain runs it.
 *
 * Out of scope: running a chain with it (the node's command).
 */
import type {Command} from "../command.ts";
import {inspectCommand} from "./inspect.ts";
import {typesCommand} from "./types.ts";

export const runtimeCommands: readonly Command[] = [inspectCommand, typesCommand];
