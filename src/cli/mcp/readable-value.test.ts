import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {findItem, readValue, valueFromJson} from "#description";
import {descriptionOf, khala} from "../../description/test-kit/our-metadata.ts";
import {readableValue} from "./readable-value.ts";

const address = (account: Uint8Array) => `account ${account[0]}`;

test("accounts are addresses, other bytes hex, wide integers text, and nothing is null", () => {
  const {value: type} = findItem(descriptionOf(khala), "Session.QueuedKeys")!;
  const [account, key] = [7, 9].map(byte => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`);
  const json = [[account, {aura: key, grandpa: key}]];
  const read = unwrap(readValue(type, unwrap(valueFromJson(type, json))));
  assert.deepEqual(readableValue(type, read, address), [["account 7", {aura: key, grandpa: key}]]);
  const issuance = findItem(descriptionOf(khala), "Balances.TotalIssuance")!.value;
  assert.equal(readableValue(issuance, 2n ** 100n, address), String(2n ** 100n));
  assert.equal(readableValue(issuance, undefined, address), null);
});
