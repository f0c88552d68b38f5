import {err, ok, type Result} from "#base";
import {encode, u32} from "#codec";
import {PUBLIC_KEY_LENGTH} from "#crypto";
import {
  askSessionKeyKinds,
  type Runtime,
  type RuntimeFailure,
  type RuntimeHost,
} from "#runtime-api";
import type {ChainDescription, DescribeFailure} from "./chain-description.ts";
import {type DescribeOptions, describe} from "./describe.ts";
import {sessionKeysType} from "./text-types/index.ts";

/** Versions of metadata that are asked for by number, the one that says most first. */
const ASKED = [15, 14];

/** Why a runtime's description cannot be had, in words. */
export type DescriptionMissing = string;

/** What is known of runtimes for as long as they are in memory: metadata is compiled in, and megabytes to read. */
const KNOWN = new WeakMap<Runtime, Result<ChainDescription, DescriptionMissing>>();

/**
 * A runtime by its own metadata: in a version that it offers by number, or as it gives it to who asks for none, which is
 * all that older ones do. Asked once, whoever wants to know.
 */
export function describeRuntime(
  runtime: Runtime,
  host: RuntimeHost,
): Result<ChainDescription, DescriptionMissing> {
  const known = KNOWN.get(runtime);
  if (known !== undefined) return known;
  const described = attemptDescription(runtime, host);
  const result = described.ok ? described : err(described.error.reason);
  if (described.ok || described.error.isLasting) KNOWN.set(runtime, result);
  return result;
}

/** `isLasting`: asking the same runtime again, over another state, would come to the same. */
function attemptDescription(
  runtime: Runtime,
  host: RuntimeHost,
): Result<ChainDescription, {readonly reason: DescriptionMissing; readonly isLasting: boolean}> {
  for (const version of ASKED) {
    const answer = runtime.call("Metadata_metadata_at_version", encode(u32, version), host);
    const described = answer.ok ? describe(answer.value) : undefined;
    if (described?.ok) return described;
  }
  const answer = runtime.call("Metadata_metadata", new Uint8Array(0), host);
  if (!answer.ok) {
    const {error} = answer;
    return err({
      reason: `the runtime gives no metadata: ${wordsOf(error)}`,
      isLasting: error.code !== "state-missing",
    });
  }
  const described = describe(answer.value);
  if (!described.ok) {
    return err({reason: `the runtime's metadata ${misreads(described.error)}`, isLasting: true});
  }
  const types = described.value.metadataVersion === 13 ? keysOf(runtime, host) : undefined;
  if (types === undefined) return ok(described.value);
  const whole = describe(answer.value, {types});
  return ok(whole.ok ? whole.value : described.value);
}

/** What metadata 13 leaves out, and the runtime says when it is to make some; undefined where it does not say all of it. */
function keysOf(runtime: Runtime, host: RuntimeHost): DescribeOptions["types"] {
  const kinds = askSessionKeyKinds(runtime, host);
  if (!kinds.ok) return undefined;
  const known = kinds.value.flatMap(({keyType, scheme}) =>
    scheme === undefined ? [] : [{keyType, length: PUBLIC_KEY_LENGTH[scheme]}],
  );
  return known.length === kinds.value.length ? {Keys: sessionKeysType(known)} : undefined;
}

function wordsOf(failure: RuntimeFailure): string {
  switch (failure.code) {
    case "function-not-found":
      return `it has no function ${failure.name}`;
    case "arguments-invalid":
      return failure.reason;
    case "trap":
      return failure.message;
    case "given-up":
      return `it was given up after ${failure.milliseconds} ms`;
    case "state-missing":
      return "a part of the state is not at hand";
  }
}

function misreads(failure: DescribeFailure): string {
  switch (failure.code) {
    case "not-metadata":
      return "is none";
    case "version-unsupported":
      return `is of version ${failure.version}, which this program does not read`;
    case "malformed":
      return `does not decode: ${failure.message} at byte ${failure.offset}`;
  }
}
