import assert from "node:assert/strict";
import {before, test} from "node:test";
import {bip39ToMiniSecret, bip39Validate, waitReady} from "@polkadot/wasm-crypto";
import fc from "fast-check";
import {generatePhrase, isPhrase, phraseToSeed, WORD_COUNTS} from "./mnemonic.ts";

before(() => waitReady());

test("phrases of every length are valid to others and lead to the same seed", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...WORD_COUNTS),
      fc.uint8Array({minLength: 32, maxLength: 32}),
      fc.string({unit: "grapheme"}),
      (words, random, password) => {
        const phrase = generatePhrase(words, length => random.slice(0, length));
        assert.equal(phrase.split(" ").length, words);
        assert.ok(isPhrase(phrase) && bip39Validate(phrase));
        assert.deepEqual(phraseToSeed(phrase, password), bip39ToMiniSecret(phrase, password));
      },
    ),
    {numRuns: 10},
  );
});

test("a phrase with a swapped word fails its checksum", () => {
  const phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
  assert.ok(isPhrase(phrase));
  assert.ok(!isPhrase(phrase.replace("wave sausage", "sausage wave")));
});
