import assert from "node:assert/strict";
import {test} from "node:test";
import {ok, slot, unwrap} from "#base";
import {encode, vec} from "#codec";
import {preDigest} from "#consensus";
import {createPortableHashing} from "#crypto";
import {header as headerCodec, opaqueExtrinsic} from "#primitives";
import {type Runtime, type RuntimeHost, runCall} from "#runtime-api";
import {memoryState} from "#state";
import type {ProofSizeMode} from "../chain/execution.ts";
import {propose} from "./proposer.ts";

const hashing = createPortableHashing();
const zero = new Uint8Array(32);
const state = memoryState(
  ["a", "b", "c"].map((key, i) => [key, new Uint8Array(100).fill(i)]),
  data => hashing.blake2b256(data),
);
/** A length of two bytes, and the node: head, half a byte of key, which children, their hashes; or head, length, value. */
const BRANCH = 2 + 1 + 1 + 2 + 3 * 33;
const LEAF = 2 + 1 + 2 + 100;

type Call = (host: RuntimeHost, args: Uint8Array) => Uint8Array;

/** A runtime whose transactions name a key to read (and say that they are stale where it is "c"); notes sizes before each read. */
function runtimeThat(sizes: (bigint | undefined)[]): Runtime {
  const calls: Readonly<Record<string, Call>> = {
    BlockBuilder_inherent_extrinsics({state}) {
      state.get("b");
      state.set("left", Uint8Array.of(1));
      return encode(vec(opaqueExtrinsic), []);
    },
    BlockBuilder_apply_extrinsic(host, args) {
      sizes.push(host.proofSize?.());
      const key = String.fromCharCode(args[1]!);
      host.state.get(key);
      // InvalidTransaction::Stale
      return key === "c" ? Uint8Array.of(1, 0, 3) : Uint8Array.of(0, 0);
    },
    BlockBuilder_finalize_block(host) {
      sizes.push(host.proofSize?.());
      assert.equal(host.state.get("left"), undefined);
      return encode(headerCodec, {
        parentHash: zero,
        number: 1,
        stateRoot: host.state.root(0),
        extrinsicsRoot: zero,
        digest: [preDigest(slot(1))],
      });
    },
  };
  return {
    version: {apis: []},
    call: (name: string, args: Uint8Array, host: RuntimeHost) =>
      runCall(name, host.state, () => ok(calls[name]?.(host, args) ?? new Uint8Array(0))),
  } as unknown as Runtime;
}

async function sizesOf(keys: string, proofSize: ProofSizeMode) {
  const sizes: (bigint | undefined)[] = [];
  const transactions = [...keys].map((key, i) => ({
    hash: new Uint8Array(32).fill(i),
    bytes: Uint8Array.of(4, key.charCodeAt(0)),
  }));
  const proposal = await propose(runtimeThat(sizes), {
    parent: {hash: zero, number: 0, state},
    slot: slot(1),
    inherents: new Map(),
    digest: [],
    stateVersion: 0,
    hasTime: () => true,
    verifySignature: () => true,
    proofSize,
    transactions,
    onLeftOut() {},
  });
  unwrap(proposal);
  return sizes.map(size => (size === undefined ? undefined : Number(size)));
}

test("a runtime is told what its transactions came upon, but for those that are left out and for what made the inherents", async () => {
  const [one, two] = [BRANCH + LEAF, BRANCH + 2 * LEAF];
  assert.deepEqual(await sizesOf("ab", "recorded"), [0, one, two]);
  assert.deepEqual(await sizesOf("aab", "recorded"), [0, one, one, two]);
  assert.deepEqual(await sizesOf("cacb", "recorded"), [0, 0, one, one, two]);
});

test("where sizes are not recorded it can tell", async () => {
  assert.deepEqual(await sizesOf("ab", "unrecorded"), [undefined, undefined, undefined]);
});
