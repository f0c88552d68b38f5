import {concatBytes} from "#base";
import {encode, u32} from "#codec";
import type {Func, ModuleWriter} from "#wasm";
import {type Code, choose, i32, leave, when} from "#wasm";
import type {LightClientContents} from "./contents.ts";
import type {ExtrinsicReader} from "./extrinsic.ts";
import type {HostFunctions} from "./host-functions.ts";
import {addressOf, type Memory, span} from "./memory.ts";

const HASH = 32;
const PUBLIC_KEY = 33;

/** A longer payload is signed by its hash (spec/pallets §5.1). */
const MAX_PLAIN_PAYLOAD = 256;

/** Tags of MultiSignature; ecdsa is the one that is left. */
const ED25519 = 0;
const SR25519 = 1;

/** (address of the genesis hash, of the birth block's hash) -> 1 if the extrinsic that was read is signed as it must be. */
export function createSignatureCheck(
  module: ModuleWriter,
  host: HostFunctions,
  {copy, equal}: Memory,
  extrinsic: ExtrinsicReader,
  {specVersion, transactionVersion, metadataHash}: LightClientContents,
): Func {
  const versions = concatBytes(encode(u32, specVersion), encode(u32, transactionVersion));
  const versionsAt = i32.const(module.data(versions));
  const someMetadataHash = i32.const(module.data(concatBytes(Uint8Array.of(1), metadataHash)));
  const none = i32.const(module.data(Uint8Array.of(0)));

  /** (signature, message, account): an ecdsa account is the hash of the key, which the signature gives away. */
  const checkEcdsa = module.define(["i32", "i64", "i32"], "i32", frame => {
    const [signature, message, account] = frame.params;
    const recovered = frame.local("i32");
    const key = span(i32.add(recovered.get, i32.const(1)), i32.const(PUBLIC_KEY));
    return [
      ...recovered.set(
        addressOf(host.recoverEcdsa.call(signature.get, host.blake2b256.call(message.get))),
      ),
      ...when(i32.load8(recovered.get), leave(i32.const(0))),
      ...equal.call(host.blake2b256.call(key), account.get, i32.const(HASH)),
    ];
  });

  return module.define(["i32", "i32"], "i32", ({params: [genesis, birth], local}) => {
    const {call, callEnd, extra} = extrinsic;
    const callLength = i32.sub(callEnd.get, call.get);
    const extraLength = i32.sub(call.get, extra.get);
    const fixedLength = versions.length + 2 * HASH;
    /** The option that CheckMetadataHash has signed: a byte, and with it the hash where the signer asked for it. */
    const metadata = choose(extrinsic.metadataMode.get, someMetadataHash, none);
    const metadataLength = local("i32");
    const start = local("i32");
    const next = local("i32");
    const length = local("i32");
    const scheme = local("i32");
    const append = (from: Code, size: Code): Code => [
      ...copy.call(next.get, from, size),
      ...next.set(i32.add(next.get, size)),
    ];
    const message = span(start.get, length.get);
    const signature = i32.add(extrinsic.signature.get, i32.const(1));
    const account = i32.add(extrinsic.address.get, i32.const(1));
    return [
      ...metadataLength.set(choose(extrinsic.metadataMode.get, i32.const(1 + HASH), i32.const(1))),
      ...length.set(i32.add(i32.add(callLength, extraLength), i32.const(fixedLength))),
      ...length.set(i32.add(length.get, metadataLength.get)),
      ...start.set(host.allocate.call(length.get)),
      ...next.set(start.get),
      ...append(call.get, callLength),
      ...append(extra.get, extraLength),
      ...append(versionsAt, i32.const(versions.length)),
      ...append(genesis.get, i32.const(HASH)),
      ...append(birth.get, i32.const(HASH)),
      ...append(metadata, metadataLength.get),
      ...when(i32.gt(length.get, i32.const(MAX_PLAIN_PAYLOAD)), [
        ...start.set(host.blake2b256.call(message)),
        ...length.set(i32.const(HASH)),
      ]),
      ...scheme.set(i32.load8(extrinsic.signature.get)),
      ...when(
        i32.eq(scheme.get, i32.const(ED25519)),
        leave(host.verifyEd25519.call(signature, message, account)),
      ),
      ...when(
        i32.eq(scheme.get, i32.const(SR25519)),
        leave(host.verifySr25519.call(signature, message, account)),
      ),
      ...checkEcdsa.call(signature, message, account),
    ];
  });
}
