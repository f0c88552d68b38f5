import {ok} from "#base";
import {u32} from "#codec";
import type {RuntimeVersion} from "#primitives";
import {extension} from "../frame/index.ts";
import {marker} from "./marker.ts";

/** Binds a signature to the version of the runtime's behaviour. */
export const checkSpecVersion = ({specVersion}: RuntimeVersion) =>
  extension<undefined, number, undefined>({
    identifier: "CheckSpecVersion",
    extra: marker("frame_system::extensions::check_spec_version::CheckSpecVersion"),
    additional: u32,
    additionalSigned: () => ok(specVersion),
  });

/** Binds a signature to the version of the extrinsic's format. */
export const checkTxVersion = ({transactionVersion}: RuntimeVersion) =>
  extension<undefined, number, undefined>({
    identifier: "CheckTxVersion",
    extra: marker("frame_system::extensions::check_tx_version::CheckTxVersion"),
    additional: u32,
    additionalSigned: () => ok(transactionVersion),
  });
