import {ok} from "#base";
import {type Hash, hash} from "#primitives";
import type {Externalities} from "#state";
import {extension} from "../frame/index.ts";
import {marker} from "./marker.ts";

/** Binds a signature to this chain. */
export const checkGenesis = (genesisHash: (state: Externalities) => Hash) =>
  extension<undefined, Hash, undefined>({
    identifier: "CheckGenesis",
    extra: marker("frame_system::extensions::check_genesis::CheckGenesis"),
    additional: hash,
    additionalSigned: state => ok(genesisHash(state)),
  });
