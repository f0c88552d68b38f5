import {type MultiSigned, PUBLIC_KEY_LENGTH, SIGNATURE_LENGTH, SIGNATURE_SCHEMES} from "#crypto";

export type SignatureRequest = MultiSigned;

/** Whether the lengths can belong to a signature at all. What passes has a place in the packed form. */
export function isPackable({scheme, signature, signer}: SignatureRequest): boolean {
  return (
    signature.length === SIGNATURE_LENGTH[scheme] &&
    (signer.length === PUBLIC_KEY_LENGTH[scheme] || (scheme === "ecdsa" && signer.length === 32))
  );
}

/** Before each record: scheme (u8), length of the signer (u8), length of the message (u32). */
const RECORD_HEADER = 6;

/** Requests in one buffer, to be handed to a worker without copying: records of header, signature, signer, message. */
export function packRequests(requests: readonly SignatureRequest[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const {signature, signer, message} of requests) {
    length += RECORD_HEADER + signature.length + signer.length + message.length;
  }
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  let offset = 0;
  for (const {scheme, signature, signer, message} of requests) {
    view.setUint8(offset, SIGNATURE_SCHEMES.indexOf(scheme));
    view.setUint8(offset + 1, signer.length);
    view.setUint32(offset + 2, message.length);
    offset += RECORD_HEADER;
    for (const part of [signature, signer, message]) {
      out.set(part, offset);
      offset += part.length;
    }
  }
  return out;
}

/** The requests of a packed buffer, as views of it. Only ever fed with what `packRequests` wrote. */
export function unpackRequests(packed: Uint8Array): SignatureRequest[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const requests: SignatureRequest[] = [];
  let offset = 0;
  const take = (length: number): Uint8Array => {
    offset += length;
    return packed.subarray(offset - length, offset);
  };
  while (offset < packed.length) {
    const scheme = SIGNATURE_SCHEMES[view.getUint8(offset)]!;
    const signerLength = view.getUint8(offset + 1);
    const messageLength = view.getUint32(offset + 2);
    offset += RECORD_HEADER;
    const signature = take(SIGNATURE_LENGTH[scheme]);
    const signer = take(signerLength);
    requests.push({scheme, signature, signer, message: take(messageLength)});
  }
  return requests;
}
