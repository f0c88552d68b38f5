import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {requestIds} from "./request-ids.ts";

const space = fc.constantFrom("", " ", "\n\t");
const idText = fc.oneof(
  fc.bigInt().map(String),
  fc.constantFrom("1.0", "-0", "1e400", "null", "18446744073709551615", '"\\u0061\\""', '""'),
  fc.string().map(text => JSON.stringify(text)),
);
const noise = fc
  .jsonValue({maxDepth: 3})
  .map(value => JSON.stringify({id: 5, nested: [{id: 6}, value, '"id":7'], value}));

/** A request as a client might write it, ids inside of its parameters too. */
const request = fc
  .tuple(idText, noise, noise, space, fc.constantFrom('"id"', '"\\u0069d"'))
  .map(([id, before, after, gap, key]) => ({
    id,
    text: `{${gap}"a":${before},${key}${gap}:${gap}${id}${gap},"params":${after}}`,
  }));

test("the id is the text that the client wrote, whatever stands around it", () => {
  fc.assert(
    fc.property(request, space, ({id, text}, gap) => {
      assert.deepEqual(requestIds(`${gap}${text}${gap}`), [id]);
    }),
  );
});

test("of a batch there is one for each element, and none for what has none", () => {
  const other = fc.oneof(
    fc.jsonValue().filter(value => !hasId(value)),
    fc.constant([{id: 1}]),
  );
  const element = fc.oneof(
    request,
    other.map(value => ({id: undefined, text: JSON.stringify(value)})),
  );
  fc.assert(
    fc.property(fc.array(element, {minLength: 1, maxLength: 8}), space, (elements, gap) => {
      const text = `[${elements.map(each => each.text).join(`${gap},${gap}`)}]`;
      assert.deepEqual(
        requestIds(text),
        elements.map(({id}) => id),
      );
    }),
  );
});

const hasId = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.hasOwn(value, "id");
