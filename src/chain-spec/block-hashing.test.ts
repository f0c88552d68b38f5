import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap} from "#base";
import {createPortableHashing, withBlockHashing} from "#crypto";
import {
  chooseChain,
  formatChainSpec,
  genesisBlock,
  parseChainSpec,
  presetSpec,
  type RawGenesis,
} from "./index.ts";

const hashing = createPortableHashing();
const foreign = (more: object) =>
  JSON.stringify({
    name: "Toy",
    id: "toy",
    ...more,
    genesis: {raw: {top: {"0x3a636f6465": "0x010203"}, childrenDefault: {}}},
  });
const chosen = (text: string, blockHashing?: string) =>
  chooseChain({chain: "toy.json", parameters: [], blockHashing}, () => ({ok: true, value: text}));

test("a spec or an operator says what a chain hashes by, and both have to say the same", () => {
  const silent = unwrap(chosen(foreign({}))).spec;
  assert.equal(silent.blockHashing, undefined);
  const said = foreign({blockHashing: "keccak-256"});
  assert.equal(unwrap(chosen(said)).spec.blockHashing, "keccak-256");
  assert.equal(unwrap(chosen(said, "keccak-256")).spec.blockHashing, "keccak-256");
  const refused = chosen(said, "blake2-256");
  assert.ok(!refused.ok && refused.error.code === "block-hashing-invalid");
  const flagged = unwrap(chosen(foreign({}), "keccak-256")).spec;
  assert.equal(flagged.blockHashing, "keccak-256");
  const shown = unwrap(formatChainSpec(flagged, {isRaw: true}, {hashing}));
  assert.equal(unwrap(parseChainSpec(shown)).spec.blockHashing, "keccak-256");
});

test("what is no hash function is refused, and one that the chain's code does not go by", () => {
  const unknown = parseChainSpec(foreign({blockHashing: "sha2-256"}));
  assert.ok(!unknown.ok && unknown.error.key === "blockHashing");
  assert.match(unknown.error.message, /blake2-256, keccak-256/);
  const flag = chosen(foreign({}), "keccak");
  assert.ok(!flag.ok && /say one of/.test(flag.error.todo ?? ""));
  const ours = chooseChain({chain: "dev", parameters: [], blockHashing: "keccak-256"}, () =>
    assert.fail(),
  );
  assert.ok(!ours.ok && ours.error.code === "block-hashing-invalid");
  for (const isRaw of [false, true]) {
    const text = unwrap(formatChainSpec(presetSpec("dev")!, {isRaw}, {hashing}));
    const own = parseChainSpec(JSON.stringify({...JSON.parse(text), blockHashing: "keccak-256"}));
    assert.ok(!own.ok && own.error.key === "blockHashing");
    assert.match(own.error.message, /own runtime/);
  }
});

test("a chain that hashes by Keccak has its first state, its empty list and its own name by Keccak", () => {
  const {genesis} = unwrap(parseChainSpec(foreign({}))).spec;
  const block = (by: "blake2-256" | "keccak-256") =>
    genesisBlock(genesis as RawGenesis, 1, withBlockHashing({hashing}, by).hashing);
  const keccak = block("keccak-256");
  assert.deepEqual(keccak.hash, hashing.keccak256(keccak.headerBytes));
  // Keccak-256 of a trie that holds nothing (one zero byte).
  const empty = bytesToHex(hashing.keccak256(Uint8Array.of(0)));
  assert.equal(bytesToHex(keccak.header.extrinsicsRoot), empty);
  assert.notDeepEqual(keccak.header.stateRoot, block("blake2-256").header.stateRoot);
});
