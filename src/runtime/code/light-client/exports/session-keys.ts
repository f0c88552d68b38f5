import {concatBytes, utf8Bytes} from "#base";
import {i32, leave, when} from "#wasm";
import {constantAnswer, exportApi} from "../answer.ts";
import {span} from "../memory.ts";
import type {Parts} from "../parts.ts";

const KEY = 32;

/**
 * `SessionKeys_decode_session_keys`: the keys of a validator with their types. Into the answer's frame, written when
 * the module is made, come the keys. Making new ones needs a keystore, which light clients have not: that function is
 * left out.
 */
export function exportDecodeSessionKeys(parts: Parts): void {
  const {module, reader, memory, contents} = parts;
  const {keyTypes} = contents.session;
  const some = Uint8Array.of(1, keyTypes.length << 2);
  const items = keyTypes.map(id =>
    concatBytes(Uint8Array.of(KEY << 2), new Uint8Array(KEY), utf8Bytes(id)),
  );
  const frame = concatBytes(some, ...items);
  const address = module.data(frame);
  const firstKey = address + some.length + 1;
  const itemLength = items[0]?.length ?? 0;
  const none = constantAnswer(module, Uint8Array.of(0));
  exportApi(parts, "SessionKeys_decode_session_keys", ({params: [start, size], local}) => {
    const length = local("i32");
    const keys = local("i32");
    return [
      ...reader.open(start.get, size.get),
      ...length.set(reader.compact32.call()),
      ...keys.set(reader.take.call(length.get)),
      ...when(i32.lt(length.get, i32.const(KEY * keyTypes.length)), leave(none)),
      ...keyTypes.flatMap((_, i) =>
        memory.copy.call(
          i32.const(firstKey + i * itemLength),
          i32.add(keys.get, i32.const(i * KEY)),
          i32.const(KEY),
        ),
      ),
      ...span(i32.const(address), i32.const(frame.length)),
    ];
  });
}
