import assert from "node:assert/strict";
import {test} from "node:test";
import {err, hex, millis, ok, slot, unwrap} from "#base";
import {auraSlotInherent} from "./aura-slot.ts";
import {type InherentProvider, type InherentScope, inherentsOf} from "./inherents.ts";
import {timestampInherent} from "./timestamp.ts";

const scope = {slot: slot(3), now: millis(1_500)} as InherentScope;
const relay: InherentProvider = {
  name: "relay",
  data: ({slot: at}) => ok([["sysi1337", Uint8Array.of(at)]]),
  digest: () => [{type: "Other", value: Uint8Array.of(7)}],
};

test("what all providers say comes to one set of data and one list of items", () => {
  const inherents = inherentsOf([timestampInherent, relay]);
  const data = unwrap(inherents.data(scope));
  assert.deepEqual([...data.keys()], ["timstap0", "sysi1337"]);
  assert.deepEqual(data.get("timstap0"), hex("0xdc05000000000000"));
  assert.deepEqual(inherents.digest(scope), [{type: "Other", value: Uint8Array.of(7)}]);
});

test("the slot is said too, for runtimes that ask for it", () => {
  const data = unwrap(inherentsOf([timestampInherent, auraSlotInherent]).data(scope));
  assert.deepEqual(data.get("auraslot"), hex("0x0300000000000000"));
});

test("one that cannot say is named with its reason, as are two under one name and a name that is none", () => {
  const mute: InherentProvider = {name: "relay", data: () => err("no relay block for this slot")};
  const failed = inherentsOf([timestampInherent, mute]).data(scope);
  assert.deepEqual(failed, err("relay: no relay block for this slot"));
  const twice = inherentsOf([relay, relay]).data(scope);
  assert.deepEqual(twice, err("relay: another one gives sysi1337 as well"));
  const short: InherentProvider = {name: "short", data: () => ok([["x", Uint8Array.of()]])};
  assert.deepEqual(inherentsOf([short]).data(scope), err("short: x has no eight bytes"));
});

test("a provider may be an object with a state of its own", () => {
  class Counting implements InherentProvider {
    readonly name = "counting";
    #asked = 0;
    data() {
      return ok([["counting", Uint8Array.of(++this.#asked)] as const]);
    }
    digest() {
      return [{type: "Other", value: Uint8Array.of(this.#asked)} as const];
    }
  }
  const inherents = inherentsOf([new Counting()]);
  assert.deepEqual(unwrap(inherents.data(scope)).get("counting"), Uint8Array.of(1));
  assert.deepEqual(inherents.digest(scope), [{type: "Other", value: Uint8Array.of(1)}]);
});
