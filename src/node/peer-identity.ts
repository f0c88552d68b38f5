import {createPrivateKey, createPublicKey, generateKeyPairSync} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {dirname} from "node:path";
import {base58} from "@scure/base";
import {concatBytes, err, hexToBytes, ok, type Report, type Result} from "#base";
import {createFile, makeFolder} from "#durable-file";

/** What stands before the 32 bytes of an ed25519 secret in PKCS#8. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
/** Multihash "identity" of 36 bytes, then protobuf: key type ed25519, key of 32 bytes. */
const PEER_ID_PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20);

/** Who a node is among peers. */
export interface PeerIdentity {
  /** Seed of 32 bytes of its ed25519 key. */
  readonly secret: Uint8Array;
  /** base58 of its public key, as libp2p writes it: `12D3Koo…`. */
  readonly peerId: string;
}

export function peerIdentityOf(secret: Uint8Array): PeerIdentity {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, secret]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(key).export({format: "der", type: "spki"});
  return {secret, peerId: base58.encode(concatBytes(PEER_ID_PREFIX, spki.subarray(-32)))};
}

/** The seed in the text of a node key: 64 hex digits, with or without 0x. */
export function parseNodeKey(text: string): Uint8Array | undefined {
  const digits = text.trim().replace(/^0x/, "");
  const secret = hexToBytes(`0x${digits}`);
  return secret?.length === 32 ? secret : undefined;
}

/** Reads the node's network key, or makes one where there is none: 32 bytes in hex, for its owner only. */
export function loadPeerIdentity(file: string): Result<PeerIdentity, Report> {
  if (existsSync(file)) {
    const content = readFileSync(file);
    // Substrate writes the 32 bytes as they are.
    const secret =
      content.length === 32 ? new Uint8Array(content) : parseNodeKey(content.toString("latin1"));
    if (secret !== undefined) return ok(peerIdentityOf(secret));
    return err({
      code: "node-key-corrupt",
      what: "the node's network key cannot be read",
      facts: [["file", file]],
      did: "not started, changed nothing",
      todo: "restore the file, or remove it: the node then gets a new peer id",
    });
  }
  makeFolder(dirname(file), 0o700);
  const {privateKey} = generateKeyPairSync("ed25519");
  const secret = new Uint8Array(privateKey.export({format: "der", type: "pkcs8"}).subarray(-32));
  createFile(file, Buffer.from(secret).toString("hex"));
  return ok(peerIdentityOf(secret));
}
