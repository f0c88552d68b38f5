import {bytesToBinary, equalBytes, LruCache, type Millis} from "#base";
import type {Blockchain, BlockRef, SlotTimes} from "#core";
import type {AccountId, Header} from "#primitives";
import type {ChainFacts} from "./chain-facts.ts";
import type {SessionFacts} from "./facts/index.ts";
import {memberOf} from "./members.ts";
import type {Kick} from "./vocabulary.ts";

/** Sessions that are looked back on for why an account stands for nothing any more: on Khala, three days. */
const SESSIONS = 12;

export interface KicksDependencies {
  readonly chain: Pick<Blockchain, "hashOf" | "header">;
  readonly facts: Pick<ChainFacts, "set" | "removedAtStart">;
  readonly slots: Pick<SlotTimes, "startOf">;
  /** The moment of the chain as people know it. */
  readonly shown: (moment: number) => Millis;
}

/**
 * Whom changes of sessions took off the list of candidates for their silence. The last changes are read, each once, where the
 * chain publishes when they are and the states are kept.
 */
export class Kicks {
  readonly #deps: KicksDependencies;
  /** By the block with which a session began. */
  readonly #read = new LruCache<string, readonly Kick[]>(2 * SESSIONS);
  readonly #stood = new LruCache<string, boolean>(2 * SESSIONS);

  constructor(dependencies: KicksDependencies) {
    this.#deps = dependencies;
  }

  /** Why an account is no candidate any more; undefined, too, for who left by himself or was not there. */
  of(account: AccountId, session: SessionFacts | undefined, best: BlockRef): Kick | undefined {
    for (const [block, before] of this.#changes(session, best)) {
      // Who was a candidate still left later, and by himself.
      if (this.#isCandidate(account, block)) return undefined;
      const kick = this.#at(block, before).find(each => equalBytes(each.account, account));
      if (kick !== undefined) return kick;
    }
    return undefined;
  }

  /** All of the last sessions, newest first. */
  recent(session: SessionFacts | undefined, best: BlockRef): readonly Kick[] {
    return [...this.#changes(session, best)].flatMap(([block, before]) => this.#at(block, before));
  }

  /** Blocks with which sessions began, and those before, newest first. */
  *#changes(
    session: SessionFacts | undefined,
    best: BlockRef,
  ): Generator<readonly [BlockRef, BlockRef]> {
    const {period, nextRotation} = session ?? {};
    if (period === undefined || nextRotation === undefined) return;
    const began = nextRotation - period;
    for (let i = 0; i < SESSIONS; i++) {
      const number = began - i * period;
      if (number < 1 || number > best.number) return;
      const hash = this.#deps.chain.hashOf(number);
      const before = this.#deps.chain.hashOf(number - 1);
      if (hash === undefined || before === undefined) return;
      yield [
        {number, hash},
        {number: number - 1, hash: before},
      ];
    }
  }

  #at(block: BlockRef, before: BlockRef): readonly Kick[] {
    const key = bytesToBinary(block.hash);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const {facts, chain} = this.#deps;
    const removed = facts.removedAtStart(block.hash, before.hash);
    const set = removed.length === 0 ? undefined : facts.set(before.hash);
    const kicks = removed.map(account => {
      const member = memberOf(set, account);
      return {
        account,
        block: block.number,
        at: this.#startOf(chain.header(block.hash)),
        bond: member?.deposit,
        silentFor:
          member?.lastAuthored === undefined ? undefined : block.number - member.lastAuthored,
        threshold: set?.kickThreshold,
      };
    });
    this.#read.set(key, kicks);
    return kicks;
  }

  #startOf(header: Header | undefined): Millis | undefined {
    const at = header && this.#deps.slots.startOf(header);
    return at === undefined ? undefined : this.#deps.shown(at);
  }

  #isCandidate(account: AccountId, {hash}: BlockRef): boolean {
    const key = bytesToBinary(account) + bytesToBinary(hash);
    const known = this.#stood.get(key);
    if (known !== undefined) return known;
    const isCandidate = memberOf(this.#deps.facts.set(hash), account)?.kind === "Candidate";
    this.#stood.set(key, isCandidate);
    return isCandidate;
  }
}
