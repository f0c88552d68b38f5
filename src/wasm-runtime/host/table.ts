import {childStorageFunctions} from "./child-storage.ts";
import {hashingFunctions} from "./hashing.ts";
import type {HostFunction} from "./host-function.ts";
import {keyFunctions} from "./keys.ts";
import {loggingFunctions} from "./logging.ts";
import {indexingFunctions, memoryFunctions, versionFunctions} from "./misc.ts";
import {offChainFunctions} from "./off-chain.ts";
import {signatureFunctions} from "./signatures.ts";
import {storageFunctions} from "./storage.ts";
import {tracingFunctions} from "./tracing.ts";
import {trieFunctions} from "./tries.ts";

/** All that a runtime may import here. What it imports beyond, it lacks: it is told of, and traps when it is called. */
export const HOST_FUNCTIONS: readonly HostFunction[] = [
  ...storageFunctions,
  ...childStorageFunctions,
  ...trieFunctions,
  ...hashingFunctions,
  ...signatureFunctions,
  ...keyFunctions,
  ...memoryFunctions,
  ...loggingFunctions,
  ...tracingFunctions,
  ...versionFunctions,
  ...indexingFunctions,
  ...offChainFunctions,
];
