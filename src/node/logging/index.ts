/**
 * What a node says while it runs, on standard error: lines for people, or JSON for machines, as far as a filter of levels and
 * targets lets them pass, which may be changed while it runs.
 *
 * Out of scope: what is worth a line (whoever has a `Logger`), and files.
 */
export {createConsoleLogger, LogFilter, type LogFormat} from "./console-logger.ts";
