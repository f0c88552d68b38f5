import {blake2b} from "@noble/hashes/blake2.js";
import {compactU128, encode, Sink, u32} from "#codec";
import {type CryptoSuite, encodeSs58} from "#crypto";
import {era, IMMORTAL, multiAddress, multiSignature, writeLengthPrefix} from "#primitives";
import {PHA, SPEC_VERSION} from "#runtime";

/** Pallet and call index of `Balances.transfer_keep_alive` on our chains. */
const TRANSFER_KEEP_ALIVE = Uint8Array.of(40, 3);
const TRANSACTION_VERSION = 1;

export interface Sender {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Accounts with keys of their own, from seeds that count up. */
export function makeSenders(crypto: CryptoSuite, count: number): Sender[] {
  return Array.from({length: count}, (_, i) => {
    const seed = new Uint8Array(32);
    new DataView(seed.buffer).setUint32(0, i + 1, true);
    const pair = crypto.keyPairs.fromSeed("sr25519", seed);
    if (!pair.ok) throw new Error("a seed makes a key");
    return pair.value;
  });
}

/** A signed, immortal transfer of one thousandth of a PHA. */
export function signTransfer(
  sender: Sender,
  to: Uint8Array,
  nonce: number,
  genesis: Uint8Array,
): Uint8Array {
  const call = new Sink();
  call.raw(TRANSFER_KEEP_ALIVE);
  multiAddress.encodeTo({type: "Id", value: to}, call);
  compactU128.encodeTo(PHA / 1_000n, call);
  return signCall(sender, call.finish(), nonce, genesis);
}

/** Any call, as SCALE, signed for ever. */
export function signCall(
  sender: Sender,
  callBytes: Uint8Array,
  nonce: number,
  genesis: Uint8Array,
): Uint8Array {
  const extra = new Sink();
  era.encodeTo(IMMORTAL, extra);
  writeLengthPrefix(nonce, extra);
  compactU128.encodeTo(0n, extra);
  extra.u8(0);
  const extraBytes = extra.finish();
  const payload = new Sink(256);
  payload.raw(callBytes);
  payload.raw(extraBytes);
  payload.raw(encode(u32, SPEC_VERSION));
  payload.raw(encode(u32, TRANSACTION_VERSION));
  payload.raw(genesis);
  payload.raw(genesis);
  payload.u8(0);
  const message = payload.finish();
  // Longer ones are signed by their hash (spec/pallets §4).
  const signature = sender.sign(message.length > 256 ? blake2b(message, {dkLen: 32}) : message);
  const body = new Sink(256);
  body.u8(0x84);
  multiAddress.encodeTo({type: "Id", value: sender.publicKey}, body);
  multiSignature.encodeTo({type: "Sr25519", value: signature}, body);
  body.raw(extraBytes);
  body.raw(callBytes);
  const bytes = body.finish();
  const whole = new Sink(bytes.length + 4);
  writeLengthPrefix(bytes.length, whole);
  whole.raw(bytes);
  return whole.finish();
}

export function addressOf(account: Uint8Array): string {
  return encodeSs58(account, 30);
}
