import {err, type Millis, millis, ok, type Report, type Result} from "#base";
import {bytes, decode, encode, fixedBytes, struct, u8, u32, u64, vec} from "#codec";
import {BLOCK_HASHINGS, type BlockHashing} from "#crypto";
import {REHEARSAL_KEY} from "#primitives";

/** What the host tells a runtime of the size of a block's proof. Part of the chain: where runtimes give back, weights follow. */
export type ProofSizeMode =
  /** u64::MAX: nobody records. */
  | "unrecorded"
  /** Bytes of the state's nodes that the block has touched so far, as a collator of a relay chain records them. */
  | "recorded";

/** Somebody who makes blocks final. */
export interface RehearsalVoter {
  /** The collator's account; 32 bytes, or 20 on chains of such accounts. */
  readonly account: Uint8Array;
  /** ed25519. */
  readonly key: Uint8Array;
}

/** What all nodes of a rehearsal have to agree on, and no runtime says. */
export interface RehearsalSettings {
  /** Real moment at which the chain's time was `chainStart`. */
  readonly realStart: Millis;
  readonly chainStart: Millis;
  /** Milliseconds of the chain's time in a real one: 1 is real time. */
  readonly rate: number;
  /** A relay block's number is its slot (6 s each) less this. */
  readonly relayOffset: number;
  /** Of headers and tries alike: nodes of the kind that chains are run by have one hasher for both. */
  readonly hashing: BlockHashing;
  readonly proofSize: ProofSizeMode;
  /** Each has one vote; none of them ever changes. */
  readonly voters: readonly RehearsalVoter[];
}

/** Of the format: what another number means, this program does not know. */
const FORMAT = 1;
const PROOF_SIZE_MODES: readonly ProofSizeMode[] = ["unrecorded", "recorded"];
/** So fast that a slot of 12 s passes in 1.2 ms: no machine makes blocks faster. */
export const HIGHEST_RATE = 10_000;

/** Milliseconds of a relay chain's slot. */
export const RELAY_SLOT = 6_000;
/** Milliseconds: the last moment of year 9999. What is told of later ones has no date. */
const LAST_DATE = 253_402_300_799_999;

/** Field by field in docs/rehearsing.md: whoever reads a chain spec of a rehearsal may read these too. */
const settingsCodec = struct({
  format: u8,
  realStart: u64,
  chainStart: u64,
  rate: u32,
  relayOffset: u32,
  headerHashing: u8,
  trieHashing: u8,
  proofSize: u8,
  voters: vec(struct({account: bytes, key: fixedBytes(32)})),
});

/** SCALE, as it stands under `REHEARSAL_KEY`. */
export function encodeSettings(settings: RehearsalSettings): Uint8Array {
  const hashing = BLOCK_HASHINGS.indexOf(settings.hashing);
  return encode(settingsCodec, {
    format: FORMAT,
    realStart: BigInt(settings.realStart),
    chainStart: BigInt(settings.chainStart),
    rate: settings.rate,
    relayOffset: settings.relayOffset,
    headerHashing: hashing,
    trieHashing: hashing,
    proofSize: PROOF_SIZE_MODES.indexOf(settings.proofSize),
    voters: [...settings.voters],
  });
}

/** Fails where a later program wrote them, where bytes are missing, and where no chain could go by them. */
export function decodeSettings(given: Uint8Array): Result<RehearsalSettings, Report> {
  const [format] = given;
  if (format !== FORMAT) return refuse(`they are of format ${format}, and ${FORMAT} is known here`);
  const decoded = decode(settingsCodec, given);
  if (!decoded.ok) return refuse(`they cannot be read (${decoded.error.code})`);
  const {realStart, chainStart, rate, headerHashing, trieHashing, ...rest} = decoded.value;
  const hashing = BLOCK_HASHINGS[headerHashing];
  const proofSize = PROOF_SIZE_MODES[rest.proofSize];
  if (hashing === undefined) return refuse(`no hashing of headers has number ${headerHashing}`);
  if (trieHashing !== headerHashing) return refuse("headers and tries are hashed differently");
  if (proofSize === undefined) return refuse(`no proof-size mode has number ${rest.proofSize}`);
  const settings = {
    realStart: millis(Number(realStart)),
    chainStart: millis(Number(chainStart)),
    rate,
    relayOffset: rest.relayOffset,
    hashing,
    proofSize,
    voters: rest.voters,
  };
  const fault = faultOfSettings(settings);
  return fault === undefined ? ok(settings) : refuse(fault);
}

/** Why no chain could go by them, in words; undefined where one can. */
export function faultOfSettings(settings: RehearsalSettings): string | undefined {
  const {realStart, chainStart, rate, relayOffset, voters} = settings;
  if (rate < 1 || rate > HIGHEST_RATE) return `no chain's time goes ${rate} times as fast`;
  if (realStart > LAST_DATE || chainStart > LAST_DATE) {
    return "a moment lies beyond all that a clock can say";
  }
  const relayNumber = Math.floor(chainStart / RELAY_SLOT) - relayOffset;
  if (relayNumber < 0 || relayNumber > 0xffff_ffff) {
    return `the relay chain's first block would have number ${relayNumber}`;
  }
  if (relayOffset > 0xffff_ffff) return "the relay chain's slots have no numbers any more";
  return voters.length === 0 ? "nobody votes" : undefined;
}

const refuse = (reason: string): Result<never, Report> =>
  err({
    code: "rehearsal-settings-invalid",
    what: `the chain spec's settings of its rehearsal (${REHEARSAL_KEY}) cannot be used: ${reason}`,
    did: "not started",
    todo: "have khala rehearse write the chain spec anew, or run the program that wrote it",
  });
