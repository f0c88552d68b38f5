import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok, unwrap} from "#base";
import {bytes, decode, encode, u32} from "#codec";
import type {SignatureScheme} from "#crypto";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {addressPrefix} from "./address-prefix.ts";
import {describeRuntime} from "./describe-runtime.ts";
import {findItem} from "./find.ts";
import {genuineMetadata} from "./test-kit/genuine-metadata.ts";
import {descriptionOf, hashing, khala, metadataOf} from "./test-kit/our-metadata.ts";
import {isUnknown, readValue} from "./values/index.ts";

const host = {
  state: new Overlay(memoryState([], data => hashing.blake2b256(data))),
  verifySignature: () => false,
};

/** A runtime that offers metadata of these versions by number, and what it gives to who asks for none. */
function runtimeOf(numbered: readonly number[] | undefined, plain?: Uint8Array) {
  const calls: string[] = [];
  const runtime = {
    call(name: string, args: Uint8Array) {
      calls.push(name);
      if (name === "Metadata_metadata_at_version" && numbered !== undefined) {
        const version = unwrap(decode(u32, args));
        return ok(numbered.includes(version) ? metadataOf(khala, version) : Uint8Array.of(0));
      }
      return name === "Metadata_metadata" && plain !== undefined
        ? ok(plain)
        : err({code: "function-not-found", name} as const);
    },
  } as Pick<Runtime, "call"> as Runtime;
  return {runtime, calls};
}

const opaque = (version: number) => metadataOf(khala, version).slice(1);

test("a runtime is described by the newest metadata that it offers, and older ones by the one that they have", () => {
  const versionOf = (numbered: readonly number[] | undefined, plain?: Uint8Array) =>
    unwrap(describeRuntime(runtimeOf(numbered, plain).runtime, host)).metadataVersion;
  assert.equal(versionOf([14, 15]), 15);
  assert.equal(versionOf([14]), 14);
  assert.equal(versionOf(undefined, opaque(14)), 14);
});

test("why there is no description is said in words", () => {
  const why = (plain?: Uint8Array) => {
    const described = describeRuntime(runtimeOf(undefined, plain).runtime, host);
    return described.ok ? "" : described.error;
  };
  assert.equal(why(), "the runtime gives no metadata: it has no function Metadata_metadata");
  assert.equal(why(encode(bytes, Uint8Array.of(1, 2))), "the runtime's metadata is none");
  const old = encode(bytes, Uint8Array.of(0x6d, 0x65, 0x74, 0x61, 11));
  assert.match(why(old), /is of version 11, which this program does not read$/);
});

test("session keys, of which metadata 13 tells the name alone, are those that the runtime would make", async () => {
  const metadata = encode(bytes, await genuineMetadata(["v13", "polkadot"]));
  const asking = (schemes: readonly (SignatureScheme | undefined)[]) => {
    const runtime = {
      version: {apis: []},
      call(name: string, _: Uint8Array, {generateSessionKey}: RuntimeHost) {
        if (name === "Metadata_metadata") return ok(metadata);
        if (name !== "SessionKeys_generate_session_keys") {
          return err({code: "function-not-found", name} as const);
        }
        const types = ["gran", "beef"];
        for (const [i, scheme] of schemes.entries()) {
          generateSessionKey?.(types[i]!, undefined, scheme);
        }
        return ok(encode(bytes, new Uint8Array(0)));
      },
    } as unknown as Runtime;
    return findItem(unwrap(describeRuntime(runtime, host)), "Session.NextKeys")!.value;
  };
  const keys = Uint8Array.from({length: 65}, (_, i) => i);
  const read = unwrap(readValue(asking(["ed25519", "ecdsa"]), keys));
  assert.deepEqual(read, {grandpa: keys.subarray(0, 32), beefy: keys.subarray(32)});
  // How long a key is whose scheme nobody says is not known.
  assert.ok(isUnknown(asking(["ed25519", undefined])));
});

test("a runtime is asked once", () => {
  const {runtime, calls} = runtimeOf([15]);
  const first = unwrap(describeRuntime(runtime, host));
  assert.equal(unwrap(describeRuntime(runtime, host)), first);
  assert.equal(calls.length, 1);
});

test("one that could not be read for want of a part of the state is asked again, one that has none is not", () => {
  const {runtime, calls} = runtimeOf(undefined);
  assert.equal(describeRuntime(runtime, host).ok, false);
  const asked = calls.length;
  assert.equal(describeRuntime(runtime, host).ok, false);
  assert.equal(calls.length, asked);
  let isAtHand = false;
  const whole = runtimeOf([15]).runtime;
  const remote = {
    call(name: string, args: Uint8Array, at: RuntimeHost) {
      if (isAtHand) return whole.call(name, args, at);
      const path = "0x" as const;
      return err({
        code: "state-missing",
        name,
        key: undefined,
        child: undefined,
        path,
        hash: path,
      } as const);
    },
  } as Pick<Runtime, "call"> as Runtime;
  assert.equal(describeRuntime(remote, host).ok, false);
  isAtHand = true;
  assert.equal(describeRuntime(remote, host).ok, true);
});

test("addresses have the prefix that the runtime says, or else the chain spec, or else that of all chains", () => {
  const description = descriptionOf(khala);
  const silent = {...description, pallets: []};
  assert.equal(addressPrefix(description, {ss58Format: 77}), 30);
  assert.equal(addressPrefix(silent, {ss58Format: 77}), 77);
  assert.equal(addressPrefix(undefined, {ss58Format: 77}), 77);
  assert.equal(addressPrefix(silent), 42);
  for (const ss58Format of [-1, "77", 46, null, 99_999]) {
    assert.equal(addressPrefix(undefined, {ss58Format}), 42);
  }
});
