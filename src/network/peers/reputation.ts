import {type Clock, type Millis, millis} from "#base";
import type {PeerId} from "../transport/peer-id.ts";
import {REPORT_REASONS, type ReportReason} from "./report-reasons.ts";

const I32_MAX = 0x7fff_ffff;
const I32_MIN = -0x8000_0000;
/** Below 71 % of the worst, a peer is banned (spec §1.6). */
const BAN_THRESHOLD = Math.trunc(I32_MIN / 100) * 71;
/** Each second takes off one part in 200: half in 139 s, all of it in an hour. */
const DECAY = 200;
const SECOND = 1_000;
/** Peers that are remembered. A peer id costs nothing to make, so there may be no end of misbehaving ones. */
const MAX_PEERS = 4_096;

export interface Ban {
  readonly peer: PeerId;
  /** What brought the score down last. */
  readonly reason: string;
  readonly until: Millis;
}

interface Score {
  value: number;
  /** Up to when decay is in `value`. */
  at: number;
  reason: string;
  /** Banned by hand until then, whatever the score. */
  bannedUntil: number;
}

/** A score per peer that forgets, and the bans that follow from it. */
export class Reputation {
  readonly #clock: Clock;
  readonly #scores = new Map<PeerId, Score>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  scoreOf(peer: PeerId): number {
    return this.#current(peer)?.value ?? 0;
  }

  /** Changes a score by the reason's number. */
  report(peer: PeerId, reason: ReportReason): void {
    this.change(peer, REPORT_REASONS[reason], reason);
  }

  change(peer: PeerId, amount: number, reason: string): void {
    const score = this.#current(peer) ?? this.#add(peer);
    // What comes after a ban, as the disconnection that it leads to, is not its reason.
    if (amount < 0 && !isBanned(score, this.#clock.now())) score.reason = reason;
    score.value = Math.max(I32_MIN, Math.min(I32_MAX, score.value + amount));
  }

  ban(peer: PeerId, until: Millis, reason: string): void {
    const score = this.#current(peer) ?? this.#add(peer);
    score.bannedUntil = until;
    score.reason = reason;
  }

  /** Takes up what an earlier run knew. */
  restore(peer: PeerId, score: number, ban: Omit<Ban, "peer"> | undefined): void {
    if (score !== 0) this.change(peer, score, ban?.reason ?? "earlier");
    if (ban !== undefined) this.ban(peer, ban.until, ban.reason);
  }

  lift(peer: PeerId): boolean {
    const wasBanned = this.isBanned(peer);
    if (wasBanned) this.#scores.delete(peer);
    return wasBanned;
  }

  isBanned(peer: PeerId): boolean {
    const score = this.#current(peer);
    return score !== undefined && isBanned(score, this.#clock.now());
  }

  bans(): readonly Ban[] {
    const now = this.#clock.now();
    return [...this.#scores.keys()].flatMap(peer => {
      const score = this.#current(peer);
      if (score === undefined || !isBanned(score, now)) return [];
      return [{peer, reason: score.reason, until: millis(endOf(score))}];
    });
  }

  #add(peer: PeerId): Score {
    if (this.#scores.size >= MAX_PEERS) this.#forget();
    const score = {value: 0, at: this.#clock.now(), reason: "", bannedUntil: 0};
    this.#scores.set(peer, score);
    return score;
  }

  /** Makes room: those at zero go, or else the one that was added first. */
  #forget(): void {
    for (const peer of [...this.#scores.keys()]) this.#current(peer);
    const [oldest] = this.#scores.keys();
    if (this.#scores.size >= MAX_PEERS && oldest !== undefined) this.#scores.delete(oldest);
  }

  #current(peer: PeerId): Score | undefined {
    const score = this.#scores.get(peer);
    if (score === undefined) return undefined;
    const now = this.#clock.now();
    for (; score.at + SECOND <= now && score.value !== 0; score.at += SECOND) decay(score);
    if (score.value !== 0) return score;
    score.at = now;
    if (score.bannedUntil > now) return score;
    this.#scores.delete(peer);
    return undefined;
  }
}

function decay(score: Score): void {
  const step = Math.trunc(score.value / DECAY);
  score.value -= step === 0 ? Math.sign(score.value) : step;
}

function isBanned({value, bannedUntil}: Score, now: number): boolean {
  return value < BAN_THRESHOLD || bannedUntil > now;
}

function endOf(score: Score): number {
  const future = {...score};
  for (; future.value < BAN_THRESHOLD; future.at += SECOND) decay(future);
  return Math.max(future.at, score.bannedUntil);
}
