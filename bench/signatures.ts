/**
 * (a) Raw sr25519 verifications a second, on as many threads as the node uses: the limit of everything signed. And on one
 * thread, alone and in batches, beside schnorrkel's own build in the same run.
 */
import {randomBytes} from "node:crypto";
import {silentLogger} from "#base";
import type {CryptoSuite} from "#crypto";
import {createNativeCrypto, SignaturePool, type SignatureRequest} from "#crypto-native";
import {createSr25519Verifier, type Sr25519Verifier} from "../src/crypto-native/sr25519/index.ts";
import {createSchnorrkelVerifier} from "../src/crypto-native/test-kit/schnorrkel-verifier.ts";
import {type Figure, median} from "./figure.ts";
import {makeSenders} from "./transfers.ts";

const COUNT = 16_000;
const SENDERS = 200;
const WARM_COUNT = 2_000;
const MESSAGE = 120;

function makeRequests(crypto: CryptoSuite, count: number, keys: number): SignatureRequest[] {
  const senders = makeSenders(crypto, keys);
  return Array.from({length: count}, (_, i) => {
    const sender = senders[i % senders.length]!;
    const message = new Uint8Array(randomBytes(MESSAGE));
    const signature = sender.sign(message);
    return {scheme: "sr25519", signature, message, signer: sender.publicKey};
  });
}

/** Until then the engine of each thread is still compiling what it has to do. */
const UNTIL_WARM = 32_000;

async function warmUp(pool: SignaturePool, requests: readonly SignatureRequest[]): Promise<void> {
  for (let asked = 0; asked < UNTIL_WARM; asked += requests.length) {
    await pool.verifyBatch(requests);
  }
}

/** Makes threads what those of a node are that has been running for a while. */
export async function warmUpThreads(pool: SignaturePool, crypto: CryptoSuite): Promise<void> {
  await warmUp(pool, makeRequests(crypto, WARM_COUNT, SENDERS));
}

export async function benchSignatures(
  workers: number,
): Promise<{perSecond: number; figures: Figure[]}> {
  const crypto = await createNativeCrypto(randomBytes);
  const requests = makeRequests(crypto, COUNT, SENDERS);
  const pool = new SignaturePool({workers}, {logger: silentLogger});
  await pool.start();
  await warmUp(pool, requests);
  const began = performance.now();
  const answers = await pool.verifyBatch(requests);
  const perSecond = COUNT / ((performance.now() - began) / 1_000);
  await pool.stop();
  if (!answers.ok || !answers.value.every(holds => holds))
    throw new Error("a good signature failed");
  return {
    perSecond,
    figures: [
      {name: `(a) sr25519 verifications, ${workers} threads`, value: perSecond, unit: "/s"},
    ],
  };
}

const TOGETHER = 1_000;
const ROUNDS = 15;
/** Compiling takes that long. */
const FIRST_ROUNDS = 4;
/** Signatures in a batch, and how many times faster than schnorrkel they are to be. */
const AIMS = [
  {size: 1, times: 2.2},
  {size: 64, times: 5},
  {size: 256, times: 5},
  {size: 1_000, times: 6},
];
const CASES = AIMS.flatMap(aim =>
  aim.size === 1 ? [{...aim, isKnown: false}] : [false, true].map(isKnown => ({...aim, isKnown})),
);

/**
 * The medians of what rounds say in which all take their turn: other work on the machine slows all of them. Of strangers, whose keys a
 * verifier sees for the first time, and of those whose keys it decoded before, as most are on a chain.
 */
export async function benchBatches(): Promise<Figure[]> {
  const crypto = await createNativeCrypto(randomBytes);
  const requests = makeRequests(crypto, TOGETHER, TOGETHER);
  const schnorrkel = createSchnorrkelVerifier();
  const others = makeRequests(crypto, TOGETHER, SENDERS);
  /** One whose memory was used before. */
  const verifierFor = (known: readonly SignatureRequest[]): Sr25519Verifier => {
    const verifier = createSr25519Verifier(randomBytes);
    verifier.verifyEach(known);
    return verifier;
  };
  const knowing = verifierFor(requests);
  /** Microseconds a signature. */
  const timed = (verify: () => boolean): number => {
    const began = performance.now();
    if (!verify()) throw new Error("a good signature failed");
    return ((performance.now() - began) * 1_000) / TOGETHER;
  };
  const inBatches = (verifier: Sr25519Verifier, size: number): number =>
    timed(() => {
      for (let at = 0; at < TOGETHER; at += size) {
        const batch = requests.slice(at, at + size);
        if (!verifier.verifyEach(batch).every(holds => holds)) return false;
      }
      return true;
    });
  const alone = (): number => timed(() => requests.every(request => knowing.verify(request)));
  const rounds = Array.from({length: ROUNDS}, () => ({
    before: timed(() =>
      requests.every(({signature, message, signer}) => schnorrkel(signature, message, signer)),
    ),
    ours: CASES.map(({size, isKnown}) => {
      if (size === 1) return alone();
      return inBatches(isKnown ? knowing : verifierFor(others), size);
    }),
  })).slice(FIRST_ROUNDS);
  return [
    {
      name: "(a) sr25519 by schnorrkel's own build, one thread",
      value: median(rounds.map(({before}) => before)),
      unit: "µs",
    },
    ...CASES.flatMap(({size, times, isKnown}, i) => {
      const whose = isKnown ? ", of known keys" : "";
      const how = size === 1 ? "alone" : `in batches of ${size}${whose}`;
      const ratios = rounds.map(({before, ours}) => before / ours[i]!);
      return [
        {name: `(a) ours, ${how}`, value: median(rounds.map(({ours}) => ours[i]!)), unit: "µs"},
        {
          name: `(a) ours, ${how}: times faster`,
          value: median(ratios),
          unit: "",
          aim: {value: times, from: "the aim, in the same run"},
        },
      ];
    }),
  ];
}
