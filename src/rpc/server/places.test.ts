import assert from "node:assert/strict";
import {test} from "node:test";
import {addressGroup} from "#base";
import {Places, type Tenant} from "./places.ts";

function createPlaces(count: number) {
  const places = new Places(count);
  const gone: string[] = [];
  const tenant = (name: string, address: string, since = 0, isActive = false): Tenant => ({
    address,
    activity: () => ({isActive, since}),
    giveWay: () => gone.push(name),
  });
  return {places, gone, tenant};
}

test("when places are short the idlest goes, of the address that has the most; the fresh and the active stay", () => {
  const {places, gone, tenant} = createPlaces(4);
  places.take(tenant("listener", "a", 0, true), 0);
  places.take(tenant("old", "a", 1_000), 0);
  places.take(tenant("older", "b", 500), 0);
  places.take(tenant("fresh", "a", 9_000), 0);
  assert.ok(places.take(tenant("new", "c", 10_000), 10_000));
  assert.ok(places.take(tenant("newer", "c", 10_000), 10_000));
  assert.deepEqual(gone, ["old", "older"]);
  assert.equal(places.take(tenant("c again", "c"), 10_000), false);
  assert.equal(places.taken, 4);
});

test("an address with more than its share makes way to another one with active ones too, not to itself", () => {
  const {places, gone, tenant} = createPlaces(8);
  for (let i = 0; i < 8; i++) places.take(tenant(`a${i}`, "a", i, true), 0);
  assert.equal(places.take(tenant("a8", "a", 9, true), 1), false);
  for (let i = 0; i < 20; i++) places.take(tenant(`b${i}`, "b", 10, true), 10);
  // Half each: neither gains by asking for more.
  assert.deepEqual(gone, ["a0", "a1", "a2", "a3"]);
});

test("a network of IPv6 is one address, an IPv4 address is itself however it is written", () => {
  assert.equal(addressGroup("::ffff:10.0.0.1"), "10.0.0.1");
  assert.equal(addressGroup("2001:db8::1"), addressGroup("2001:0DB8:0:0:ffff::2"));
  assert.notEqual(addressGroup("2001:db8::1"), addressGroup("2001:db8:0:1::1"));
  assert.equal(addressGroup("fe80::1%eth0"), addressGroup("fe80::2"));
  assert.equal(addressGroup("::1"), "0:0:0:0");
});
