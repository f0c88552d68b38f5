/** (a) Raw sr25519 verifications a second, on as many threads as the node uses: the limit of everything signed. */
import {randomBytes} from "node:crypto";
import {silentLogger} from "#base";
import {createNativeCrypto, SignaturePool} from "#crypto-native";
import type {Figure} from "./figure.ts";
import {makeSenders} from "./transfers.ts";

const COUNT = 16_000;

export async function benchSignatures(
  workers: number,
): Promise<{perSecond: number; figures: Figure[]}> {
  const crypto = await createNativeCrypto(randomBytes);
  const senders = makeSenders(crypto, 200);
  const requests = Array.from({length: COUNT}, (_, i) => {
    const sender = senders[i % senders.length]!;
    const message = new Uint8Array(randomBytes(120));
    return {
      scheme: "sr25519" as const,
      signature: sender.sign(message),
      message,
      signer: sender.publicKey,
    };
  });
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
