import assert from "node:assert/strict";
import {test} from "node:test";
import {binaryToHex, bytesToHex, type Hex, hex} from "#base";
import {encode, u16} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {itemKey} from "#primitives";
import {memoryState, Overlay} from "#state";
import {composeGargantuan} from "./gargantuan.ts";
import {RecordedStorage} from "./recorded-storage.ts";
import {readVector} from "./vector.ts";

const crypto = await createNativeCrypto();
const chain = composeGargantuan(crypto.hashing);
const {system, balances, collatorSelection, session, sudo, composition} = chain;

test("from its accounts, invulnerables and keys our pallets build the recorded genesis", () => {
  const vector = readVector("hyperbridge-100", "a-bond-flow");
  assert.ok(vector);
  const recorded = new Overlay(new RecordedStorage(vector).view(chain));
  const account = (name: string) => hex(vector.accounts[name]!);
  const invulnerables = ["Alice", "Bob", "Charlie"].map(account);
  // Whoever the recording endows: those of its named accounts that have a balance.
  const endowed = Object.values(vector.accounts)
    .map(hex)
    .map(who => [who, system.storage.account.get(recorded, who).data.free] as const)
    .filter(([, free]) => free > 0n);

  const state = new Overlay(memoryState([], chain.config.blockHash));
  system.genesis(state);
  balances.genesis(state, endowed);
  collatorSelection.genesis(state, {
    invulnerables,
    candidacyBond: 16_000_000_000_000n,
    desiredCandidates: 0,
  });
  session.genesis(
    state,
    invulnerables.map(who => [who, {aura: who}]),
  );
  sudo.genesis(state, account("Alice"));
  for (const {name, storageVersion} of composition.pallets) {
    state.set(itemKey(crypto.hashing, name, ":__STORAGE_VERSION__:"), encode(u16, storageVersion));
  }

  // Keys outside of pallets and Utility, which that runtime has not got, were not recorded.
  const utility = `0x${binaryToHex(itemKey(crypto.hashing, "Utility", "")).slice(2, 34)}`;
  const ours = new Map<Hex, Hex>();
  for (const [binary, value] of state.outcome(1).state.entries()) {
    const key = binaryToHex(binary);
    if (key.length >= 66 && !key.startsWith(utility)) ours.set(key, bytesToHex(value));
  }
  assert.deepEqual(ours, new RecordedStorage(vector).items);
});
