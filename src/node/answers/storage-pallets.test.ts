import assert from "node:assert/strict";
import {test} from "node:test";
import {unknownPallet} from "./storage-pallets.ts";

test("a pallet that a runtime does not have is refused with the name that was meant", () => {
  const known = ["Aura", "Balances", "CollatorSelection", "System"];
  assert.equal(unknownPallet(["System", "Aura"], known), undefined);
  assert.match(
    unknownPallet(["System", "Balnces"], known)!,
    /called Balnces; did you mean Balances\?$/,
  );
  assert.match(unknownPallet(["collatorselection"], known)!, /did you mean CollatorSelection/);
  assert.match(
    unknownPallet(["Staking"], known)!,
    /there are Aura, Balances, CollatorSelection, System$/,
  );
  assert.equal(unknownPallet(["Staking"], undefined), undefined);
  const many = Array.from({length: 60}, (_, i) => `Pallet${i}xxxxxx`);
  assert.match(unknownPallet(["Quite"], many)!, /and 20 more$/);
});
