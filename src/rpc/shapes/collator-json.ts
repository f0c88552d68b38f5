import {encodeSs58, type Ss58Prefix} from "#crypto";
import type {BlockReward, CollatorSetView, CollatorStatus, KeysHeld, SlotRecord} from "#desk";
import {toHex} from "./hex.ts";

/** Balances as decimal text, accounts as addresses, bytes as hex: the same facts, for any client. */
export class CollatorJson {
  readonly #prefix: Ss58Prefix;

  constructor(prefix: Ss58Prefix) {
    this.#prefix = prefix;
  }

  #address(account: Uint8Array): string {
    return encodeSs58(account, this.#prefix);
  }

  status(status: CollatorStatus) {
    const {account, keys, stoppedKeys, standing, head, balance} = status;
    return {
      ...status,
      account: account === undefined ? null : this.#address(account),
      keys: keys && {
        ...keys,
        now: held(keys.now),
        queued: held(keys.queued),
        next: held(keys.next),
      },
      stoppedKeys: stoppedKeys.map(stopped => ({...stopped, publicKey: toHex(stopped.publicKey)})),
      standing: standing && {
        ...standing,
        deposit: standing.deposit.toString(),
        candidacyBond: standing.candidacyBond.toString(),
      },
      head: {...head, bestHash: toHex(head.bestHash)},
      balance: balance && {free: balance.free.toString(), reserved: balance.reserved.toString()},
    };
  }

  set({members, candidacyBond, ...rules}: CollatorSetView) {
    return {
      ...rules,
      candidacyBond: candidacyBond.toString(),
      members: members.map(member => ({
        ...member,
        account: this.#address(member.account),
        deposit: member.deposit.toString(),
      })),
    };
  }

  slot({block, ...record}: SlotRecord) {
    return {...record, block: block && {number: block.number, hash: toHex(block.hash)}};
  }

  reward({hash, amount, potBefore, potAfter, ...reward}: BlockReward) {
    return {
      ...reward,
      hash: toHex(hash),
      amount: amount.toString(),
      potBefore: potBefore.toString(),
      potAfter: potAfter.toString(),
    };
  }
}

const held = (keys: KeysHeld | undefined) => keys && {keys: toHex(keys.keys), isHeld: keys.isHeld};
