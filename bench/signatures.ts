/**
 * (a) Raw sr25519 verifications a second, on as many threads as the node uses: the limit of everything signed. And on one
 * thread, alone and in batches, beside schnorrkel's own build in the same run.
 */
import {randomBytes} from "node:crypto";
import {silentLogger} from "#base";
import {createNativeCrypto, SignaturePool, type SignatureRequest} from "#crypto-native";
import {createSchnorrkelVerifier} from "../src/crypto-native/test-kit/schnorrkel-verifier.ts";
import {type Figure, median} from "./figure.ts";
import {makeSenders} from "./transfers.ts";

const COUNT = 16_000;
const SENDERS = 200;
const MESSAGE = 120;

type NativeCrypto = Awaited<ReturnType<typeof createNativeCrypto>>;

function makeRequests(crypto: NativeCrypto, count: number, keys: number): SignatureRequest[] {
  const senders = makeSenders(crypto, keys);
  return Array.from({length: count}, (_, i) => {
    const sender = senders[i % senders.length]!;
    const message = new Uint8Array(randomBytes(MESSAGE));
    const signature = sender.sign(message);
    return {scheme: "sr25519", signature, message, signer: sender.publicKey};
  });
}

export async function benchSignatures(
  workers: number,
): Promise<{perSecond: number; figures: Figure[]}> {
  const crypto = await createNativeCrypto(randomBytes);
  const requests = makeRequests(crypto, COUNT, SENDERS);
  const pool = new SignaturePool({workers}, {logger: silentLogger});
  await pool.start();
  await pool.verifyBatch(requests.slice(0, 2_000));
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

/** The medians of what rounds say in which all take their turn: other work on the machine slows all of them. */
export async function benchBatches(): Promise<Figure[]> {
  const crypto = await createNativeCrypto(randomBytes);
  const requests = makeRequests(crypto, TOGETHER, TOGETHER);
  const schnorrkel = createSchnorrkelVerifier();
  /** Microseconds a signature. */
  const timed = (verify: () => boolean): number => {
    const began = performance.now();
    if (!verify()) throw new Error("a good signature failed");
    return ((performance.now() - began) * 1_000) / TOGETHER;
  };
  const inBatches = (size: number) => (): boolean => {
    for (let at = 0; at < TOGETHER; at += size) {
      const batch = requests.slice(at, at + size);
      if (!crypto.signatures.verifyEach("sr25519", batch).every(holds => holds)) return false;
    }
    return true;
  };
  const alone = (): boolean =>
    requests.every(({signature, message, signer}) =>
      crypto.signatures.verify("sr25519", signature, message, signer),
    );
  const rounds = Array.from({length: ROUNDS}, () => ({
    before: timed(() =>
      requests.every(({signature, message, signer}) => schnorrkel(signature, message, signer)),
    ),
    ours: AIMS.map(({size}) => timed(size === 1 ? alone : inBatches(size))),
  })).slice(FIRST_ROUNDS);
  return [
    {
      name: "(a) sr25519 by schnorrkel's own build, one thread",
      value: median(rounds.map(({before}) => before)),
      unit: "µs",
    },
    ...AIMS.flatMap(({size, times}, i) => {
      const how = size === 1 ? "alone" : `in batches of ${size}`;
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
