import {err, ok} from "#base";
import {unit} from "#codec";
import {invalid} from "#primitives";
import {type ExtensionInput, extension} from "../frame/index.ts";
import {marker} from "./marker.ts";

/** The all-zero account is nobody's; nothing it signs counts. */
export const checkNonZeroSender = () => {
  const check = ({who}: ExtensionInput<undefined>) =>
    who.every(byte => byte === 0) ? err(invalid("BadSigner")) : ok(undefined);
  return extension<undefined, undefined, undefined>({
    identifier: "CheckNonZeroSender",
    extra: marker("frame_system::extensions::check_non_zero_sender::CheckNonZeroSender"),
    additional: unit,
    additionalSigned: () => ok(undefined),
    validate: (_, input) => {
      const checked = check(input);
      return checked.ok ? ok({}) : checked;
    },
    preDispatch: (_, input) => check(input),
  });
};
