import {type Code, i32, i64, when, whileTrue} from "#wasm";
import {AnswerWriter, exportApi} from "../answer.ts";
import {addressOf, lengthOf} from "../memory.ts";
import type {Parts} from "../parts.ts";

const ACCOUNT = 32;
const KEY = 32;
const MILLION = 1_000_000n;

/** `CollatorApi_session_status`: index, period, next rotation, progress, then two lists of accounts. */
export function exportSessionStatus(parts: Parts): void {
  const {module, reader, storage, host, memory, contents} = parts;
  const period = i32.const(contents.session.period);
  const entry = ACCOUNT + KEY * contents.session.keyTypes.length;
  const start = module.variable("i32");
  const answer = new AnswerWriter(module, memory, start.get);

  exportApi(parts, "CollatorApi_session_status", ({local}) => {
    const number = local("i32");
    const into = local("i32");
    const validators = local("i64");
    const queued = local("i64");
    const list = local("i32");
    const count = local("i32");
    const progress = i64.div(
      i64.mul(i64.extend(i32.add(into.get, i32.const(1))), i64.const(MILLION)),
      i64.extend(period),
    );
    const room = [lengthOf(validators.get), lengthOf(queued.get), i32.const(4 * 4 + 2)];
    /** The accounts out of `(account, keys)`, behind the same count. */
    const accounts: Code = [
      ...list.set(addressOf(queued.get)),
      ...reader.open(list.get, lengthOf(queued.get)),
      ...count.set(reader.compact32.call()),
      ...answer.append(list.get, i32.sub(reader.at.get, list.get)),
      ...whileTrue(count.get, [
        ...answer.append(reader.take.call(i32.const(entry)), i32.const(ACCOUNT)),
        ...count.set(i32.sub(count.get, i32.const(1))),
      ]),
    ];
    return [
      ...number.set(storage.word("number")),
      ...into.set(i32.rem(number.get, period)),
      ...validators.set(storage.value("validators")),
      ...queued.set(storage.value("queuedKeys")),
      ...start.set(host.allocate.call(room.reduce((a, b) => i32.add(a, b)))),
      ...answer.begin(),
      ...answer.word(storage.word("sessionIndex")),
      ...answer.word(period),
      ...answer.word(i32.add(i32.sub(number.get, into.get), period)),
      ...answer.word(i32.low(progress)),
      ...when(
        i64.isZero(validators.get),
        answer.byte(i32.const(0)),
        answer.append(addressOf(validators.get), lengthOf(validators.get)),
      ),
      ...when(i64.isZero(queued.get), answer.byte(i32.const(0)), accounts),
      ...answer.written(),
    ];
  });
}
