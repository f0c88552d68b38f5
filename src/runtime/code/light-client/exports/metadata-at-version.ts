import {i32, leave, when} from "#wasm";
import {constantAnswer, exportApi} from "../answer.ts";
import {span} from "../memory.ts";
import type {Parts} from "../parts.ts";

/** `Metadata_metadata` answers with the version that every client knows. */
const DEFAULT_VERSION = 14;

/** One byte that says `Some`, or `None`. */
const OPTION_TAG = 1;

/** `Metadata_metadata_at_version` and, out of the same bytes, `Metadata_metadata`. */
export function exportMetadata(parts: Parts): void {
  const {module, reader, contents} = parts;
  const none = constantAnswer(module, Uint8Array.of(0));
  const versions = [...contents.metadata].map(([version, answer]) => {
    const address = module.data(answer);
    return {version, address, length: answer.length};
  });
  exportApi(parts, "Metadata_metadata_at_version", ({params: [address, length], local}) => {
    const asked = local("i32");
    return [
      ...reader.open(address.get, length.get),
      ...asked.set(i32.load(reader.take.call(i32.const(4)))),
      ...versions.flatMap(({version, address, length}) =>
        when(
          i32.eq(asked.get, i32.const(version)),
          leave(span(i32.const(address), i32.const(length))),
        ),
      ),
      ...none,
    ];
  });
  const found = versions.find(({version}) => version === DEFAULT_VERSION);
  if (found === undefined) return;
  exportApi(parts, "Metadata_metadata", () =>
    span(i32.const(found.address + OPTION_TAG), i32.const(found.length - OPTION_TAG)),
  );
}
