import type {SignatureChecks} from "#core";
import {SignaturePool} from "#crypto-native";
import type {NodeConfiguration} from "./configuration.ts";
import type {NodeDependencies} from "./node.ts";
import type {Cleanups} from "./resources.ts";
import {RUNTIME_TARGET} from "./runtime-log.ts";
import {openThread, ValidationThreads} from "./validation/index.ts";

/** Not awaited: threads warm up while the rest starts; what is asked before then waits. */
export function signatureThreads(
  {signatureWorkers}: NodeConfiguration,
  {logger, onFatal}: NodeDependencies,
  cleanups: Cleanups,
): SignaturePool {
  const workers = new SignaturePool({workers: signatureWorkers}, {logger});
  cleanups.push(() => workers.stop());
  workers
    .start()
    .catch((error: unknown) => onFatal({code: "signature-workers-failed", what: String(error)}));
  return workers;
}

/**
 * Threads that ask runtimes about transactions; undefined where none are wanted, and where a runtime runs on an engine that was
 * handed to this node, which other threads do not have. They start when they are needed, and end when it is quiet.
 */
export function validationThreads(
  {spec: {blockHashing}, validationThreads: threads = 0}: NodeConfiguration,
  {engines = [], clock, logger, logFilter}: NodeDependencies,
  signatures: SignatureChecks,
  cleanups: Cleanups,
): ValidationThreads | undefined {
  if (threads === 0 || engines.length > 0) return undefined;
  const validation = new ValidationThreads({
    threads,
    openThread: events => openThread({blockHashing}, clock, events),
    remember: signature => signatures.remember(signature),
    // What a runtime logs is told by the thread that the logger is on, for whoever wants to read it.
    mayAsk: () => logFilter?.levelOf(RUNTIME_TARGET) === undefined,
    clock,
    logger,
  });
  cleanups.push(() => validation.stop());
  return validation;
}
