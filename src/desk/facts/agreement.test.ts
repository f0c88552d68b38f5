import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {describeRuntime, StateReader} from "#description";
import {AURA_ENGINE, type Header} from "#primitives";
import {askAccountStanding, askCollatorSet, askSessionStatus} from "#runtime-api";
import {Overlay} from "#state";
import {createRuntime} from "../../runtime/index.ts";
import {account, numberOf} from "../../runtime/test-kit/accounts.ts";
import {KhalaTestChain} from "../../runtime/test-kit/khala-test-chain.ts";
import {
  accountOfApi,
  askKeyLayout,
  fatesOf,
  readAccount,
  readSession,
  readSet,
  type SetFacts,
  sessionOfApi,
  setOfApi,
  splitBy,
} from "./index.ts";

const PERIOD = 4;

/** Our chain, on which slots may pass without a block, so that somebody can be silent. */
class SilentChain extends KhalaTestChain {
  slot = 0;

  override get nextHeader(): Pick<Header, "number" | "parentHash" | "digest"> {
    const slot = new Uint8Array(8);
    new DataView(slot.buffer).setBigUint64(0, BigInt(this.slot), true);
    return {...super.nextHeader, digest: [{type: "PreRuntime", value: [AURA_ENGINE, slot]}]};
  }

  override timestamp(): Uint8Array {
    return super.timestamp(this.slot);
  }

  /** Makes the block of the next slot that is not one of this account's. */
  passOver(silent: number | undefined, extrinsics: readonly Uint8Array[] = []): void {
    const validators = this.chain.session.storage.validators.get(new Overlay(this.view));
    do this.slot++;
    while (
      silent !== undefined &&
      validators.length > 1 &&
      numberOf(validators[this.slot % validators.length]!) === silent
    );
    this.advance(extrinsics);
  }
}

/** What each way says of the chain's last block. */
function bothWays(khala: SilentChain) {
  const runtime = createRuntime(khala.chain);
  const host = () => ({state: new Overlay(khala.view), verifySignature: () => false});
  const description = unwrap(describeRuntime(runtime, host()));
  const reader = new StateReader(description, khala.view, khala.hashing);
  const split = (all: Uint8Array) => splitBy(askKeyLayout(runtime, host(), all)!, all);
  const accounts = [1, 2, 3, 4, 9].map(account);
  return {
    byApi: {
      session: sessionOfApi(unwrap(askSessionStatus(runtime, host()))),
      set: setOfApi(unwrap(askCollatorSet(runtime, host())), split),
      accounts: accounts.map(who =>
        accountOfApi(unwrap(askAccountStanding(runtime, host(), who)), split),
      ),
    },
    byDescription: {
      session: readSession(reader)!,
      set: readSet(reader, split)!,
      accounts: accounts.map(who => readAccount(reader, who, split)),
    },
  };
}

/** All but what our chain does not publish: how long its sessions are, and so what they end in. */
const withoutFates = (set: SetFacts): SetFacts => ({
  ...set,
  members: set.members.map(member =>
    member.kind === "Candidate" && member.fate !== "Appointed"
      ? {...member, fate: undefined}
      : member,
  ),
});

/** By number, what to be seen became of accounts: `2:Candidate:Kicked`. */
const told = (set: SetFacts) =>
  set.members.map(({account: who, kind, fate}) => `${numberOf(who)}:${kind}:${fate}`);

test("our own chain's description says what its own API says, over joins, rotations, kicks, and leaves", () => {
  const khala = new SilentChain({
    sessionPeriod: PERIOD,
    kickThreshold: PERIOD,
    minEligibleCollators: 1,
    existentialDeposit: 100n,
    candidacyBond: 1_000n,
    feeSink: "Pot",
  });
  const nonces = new Map<number, number>();
  const signed = (who: number, pallet: string, name: string, args: unknown = {}) => {
    const nonce = nonces.get(who) ?? 0;
    nonces.set(who, nonce + 1);
    return khala.signed(who, khala.call(pallet, name, args), {nonce});
  };
  const keysOf = (who: number) => ({aura: account(who), grandpa: account(who + 100)});
  const join = (who: number) => [
    signed(who, "Session", "set_keys", {keys: keysOf(who), proof: new Uint8Array(0)}),
    signed(who, "CollatorSelection", "register_as_candidate"),
  ];
  const root = (name: string, args: unknown) => {
    const call = khala.call("CollatorSelection", name, args);
    return signed(1, "Sudo", "sudo", {call});
  };
  const doings: Readonly<Record<number, () => Uint8Array[]>> = {
    1: () => [...join(2), ...join(3)],
    2: () => join(4),
    // The fees of all of these are in the pot, which pays authors.
    13: () => [signed(3, "CollatorSelection", "leave_intent")],
    14: () => [root("add_invulnerable", {who: account(4)})],
    30: () => join(3),
    // Keys without candidacy: they are still what the account registered last.
    31: () => [signed(5, "Session", "set_keys", {keys: keysOf(5), proof: new Uint8Array(0)})],
    38: () => [root("remove_invulnerable", {who: account(4)})],
  };
  const seen = new Set<string>();
  for (let number = 1; number <= 60; number++) {
    khala.passOver(number > 16 && number < 30 ? 2 : undefined, doings[number]?.());
    const {byApi, byDescription} = bothWays(khala);
    const {session, set} = byApi;
    assert.deepEqual(byDescription.session, {
      ...session,
      period: undefined,
      nextRotation: undefined,
    });
    assert.deepEqual(byDescription.set, withoutFates(set), `block ${number}`);
    assert.deepEqual(byDescription.accounts, byApi.accounts);
    const candidates = set.members.filter(({kind}) => kind === "Candidate");
    assert.deepEqual(
      fatesOf(
        candidates.map(({account: who, lastAuthored}) => ({who, lastAuthored})),
        {
          invulnerables: set.members
            .filter(({kind}) => kind === "Invulnerable")
            .map(({account: who}) => who),
          threshold: set.kickThreshold,
          minEligible: set.minEligible,
          nextRotation: session.nextRotation,
        },
      ),
      candidates.map(({fate}) => fate),
    );
    for (const each of told(set)) seen.add(each);
    if (set.potBalance! > set.existentialDeposit!) seen.add("a pot that pays");
  }
  // The story was told as it was meant to be.
  for (const each of [
    "2:Candidate:Stays",
    "2:Candidate:Kicked",
    "2:Leaving:Safe",
    "3:Leaving:Safe",
    "4:Invulnerable:Safe",
    "3:Candidate:Stays",
    "a pot that pays",
  ]) {
    assert.ok(seen.has(each), `${each} among ${[...seen].join(", ")}`);
  }
});
