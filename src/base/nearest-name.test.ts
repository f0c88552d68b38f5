import assert from "node:assert/strict";
import {test} from "node:test";
import {nearestName} from "./nearest-name.ts";

const FLAGS = [
  "rpc-port",
  "rpc-cors",
  "seal",
  "sync",
  "port",
  "tmp",
  "dev",
  "name",
  "bootnodes",
  "ed",
];

test("a misspelt name is known by the one that it is near to", () => {
  for (const [wrong, meant] of [
    ["rpc-prot", "rpc-port"],
    ["dve", "dev"],
    ["bootnode", "bootnodes"],
    ["botnodes", "bootnodes"],
    ["seel", "seal"],
  ] as const) {
    assert.equal(nearestName(wrong, FLAGS), meant);
  }
});

test("a name that is near to none is answered with none", () => {
  for (const wrong of ["foo", "x", "ws", "banana", "no-mdns", "execution", "sealing", "rpc"]) {
    assert.equal(nearestName(wrong, FLAGS), undefined, wrong);
  }
  assert.equal(nearestName("any", []), undefined);
});
