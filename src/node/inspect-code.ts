import {blake2b} from "@noble/hashes/blake2.js";
import {bytesToHex, err, type Hex, ok, type Result, utf8Bytes} from "#base";
import {decode, u64} from "#codec";
import type {CryptoSuite} from "#crypto";
import {type ChainDescription, describeRuntime} from "#description";
import type {RuntimeVersion} from "#primitives";
import {type Compiler, compilerOf, unpackCode} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {createRuntime, DEFAULT_HEAP_PAGES} from "#wasm-runtime";
import {withinDeadline} from "./within-deadline.ts";

/** Milliseconds for what a runtime says of itself, which takes some tens. */
const PATIENCE = 10_000;

/** What a runtime's code says of itself, without a chain. */
export interface CodeInspection {
  readonly version: RuntimeVersion;
  /** What it was built with; undefined where it does not say. */
  readonly compiler: Compiler | undefined;
  /** BLAKE2b-256 of the code as a chain keeps it. */
  readonly hash: Hex;
  /** Bytes: as a chain keeps it, and unpacked. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly apis: readonly InspectedApi[];
  /** Undefined where it does not describe itself in a way that this program reads. */
  readonly description: ChainDescription | undefined;
  /** Why there is no description, in words. */
  readonly whyNotDescribed: string | undefined;
  /** Host functions that it imports, and those of them that this program lacks: to call one is a trap. */
  readonly imports: readonly string[];
  readonly missing: readonly string[];
  /** Pages of 64 KiB. `heap`: what a chain says under `:heappages`, or what all have. */
  readonly memory: {readonly minimum: number; readonly heap: number};
}

export interface InspectedApi {
  /** BLAKE2b-64 of its name. */
  readonly id: Hex;
  readonly version: number;
  /** As its functions begin, or its metadata says; undefined where neither does. */
  readonly name: string | undefined;
}

/** `heapPages`: the value of `:heappages`, where a chain has one. The failure is a reason in words. */
export function inspectCode(
  code: Uint8Array,
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  heapPages?: Uint8Array,
): Result<CodeInspection, string> {
  const {hashing} = crypto;
  const unpacked = unpackCode(code);
  if (!unpacked.ok) return err(`it does not unpack: ${unpacked.error}`);
  const pages = heapPages === undefined ? undefined : decode(u64, heapPages);
  const heap = pages?.ok ? Number(pages.value) : DEFAULT_HEAP_PAGES;
  const created = createRuntime(code, crypto, {
    heapPages: heap,
    within: withinDeadline(PATIENCE),
  });
  if (!created.ok) return created;
  const runtime = created.value;
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  const description = describeRuntime(runtime, {state, verifySignature: () => false});
  const published = description.ok ? (description.value.apis ?? []) : [];
  const names = namesOf(
    runtime.functions,
    published.map(({name}) => name),
  );
  return ok({
    version: runtime.version,
    compiler: compilerOf(code),
    hash: bytesToHex(hashing.blake2b256(code)),
    size: code.length,
    unpackedSize: unpacked.value.length,
    apis: runtime.version.apis.map(([id, version]) => ({
      id: bytesToHex(id),
      version,
      name: names.get(bytesToHex(id)),
    })),
    description: description.ok ? description.value : undefined,
    whyNotDescribed: description.ok ? undefined : description.error,
    imports: [...runtime.imports].sort(),
    missing: runtime.missing,
    memory: {minimum: runtime.memoryPages, heap},
  });
}

/** Names of APIs by their ids: a function is called by its API's name, an underscore, and its own. */
function namesOf(
  functions: Iterable<string>,
  published: readonly string[],
): ReadonlyMap<Hex, string> {
  const called = [...functions].flatMap(each => each.match(/^[A-Z]\w*?(?=_)/) ?? []);
  const names = new Set([...called, ...published]);
  return new Map([...names].map(name => [bytesToHex(blake2b(utf8Bytes(name), {dkLen: 8})), name]));
}
