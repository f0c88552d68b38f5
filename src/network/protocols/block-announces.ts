import type {Result} from "#base";
import {bytes, type Codec, encode, struct, u8, u32} from "#codec";
import {type Hash, type Header, hash, header} from "#primitives";
import {decodeScale, type Malformed} from "./malformed.ts";
import {type Role, role} from "./roles.ts";

/** What each side of a block-announces substream says first: who it is and how far it has come. 69 bytes. */
export interface BlockAnnouncesHandshake {
  readonly roles: Role;
  readonly bestNumber: number;
  readonly bestHash: Hash;
  readonly genesisHash: Hash;
}

/** News of a block. `data` is empty on chains whose seal is proof enough. */
export interface BlockAnnounce {
  readonly header: Header;
  readonly isBest: boolean;
  readonly data: Uint8Array;
}

const handshake: Codec<BlockAnnouncesHandshake> = struct({
  roles: role,
  bestNumber: u32,
  bestHash: hash,
  genesisHash: hash,
});

const isBest: Codec<boolean> = {
  info: u8.info,
  typeName: "BlockState",
  encodeTo: (value, sink) => sink.u8(value ? 1 : 0),
  decodeFrom(source) {
    const byte = source.u8();
    if (byte > 1) source.fail("invalid-value", `${byte} is not a block's state`);
    return byte === 1;
  },
};

const announce: Codec<BlockAnnounce> = struct({header, isBest, data: bytes});

export const encodeHandshake = (value: BlockAnnouncesHandshake): Uint8Array =>
  encode(handshake, value);
export const decodeHandshake = (input: Uint8Array): Result<BlockAnnouncesHandshake, Malformed> =>
  decodeScale(handshake, input);

export const encodeAnnounce = (value: BlockAnnounce): Uint8Array => encode(announce, value);
export const decodeAnnounce = (input: Uint8Array): Result<BlockAnnounce, Malformed> =>
  decodeScale(announce, input);
