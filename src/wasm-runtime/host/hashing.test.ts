import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {Guest, hostOf} from "../test-kit/guest.ts";

/** Known answers: of no bytes, and of "abc" or a name that everybody's storage keys begin with. */
const KNOWN = [
  ["blake2_128", "", "0xcae66941d9efbd404e4d88758ea67670"],
  ["blake2_256", "", "0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"],
  ["blake2_256", "abc", "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"],
  ["twox_64", "", "0x99e9d85137db46ef"],
  ["twox_128", "System", "0x26aa394eea5630e07c48ae0c9558cef7"],
  ["twox_256", "", "0x99e9d85137db46ef4bbea33613baafd56f963c64b1f3685a4eb4abd67ff6203a"],
  ["keccak_256", "", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"],
  [
    "keccak_512",
    "",
    "0x0eab42de4c3ceb9235fc91acffe746b29c29a8c366b7c60e4e67c466f36a4304c00fa9caf9d87976ba469bcbe06713b435f091ef2769fb160cdab33d3670680e",
  ],
  ["sha2_256", "abc", "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
] as const;

for (const [name, of, expected] of KNOWN) {
  test(`${name} of "${of}" is what is published`, () => {
    Guest.run(hostOf(), guest => {
      const length = (expected.length - 2) / 2;
      const hashed = guest.fixed(length, `hashing_${name}_version_1`, of);
      assert.equal(bytesToHex(hashed), expected);
    });
  });
}
