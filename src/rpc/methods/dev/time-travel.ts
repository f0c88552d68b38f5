import {err, millis, ok} from "#base";
import {method, param, type Reader} from "../../declare/index.ts";
import type {TimeTools} from "../../questions/time-tools.ts";
import {timeToolError} from "../../shapes/time-tool-error.ts";

/** The last moment of year 9999: all that comes after it has a date as well. */
const END_OF_TIME = 253_402_300_799_999;

const moment: Reader<number> = {
  expected: "milliseconds since 1970, or a date such as 2030-01-01T00:00:00Z",
  schema: {anyOf: [{type: "integer", minimum: 0, maximum: END_OF_TIME}, {type: "string"}]},
  read(json) {
    const time = typeof json === "string" ? Date.parse(json) : json;
    const isMoment =
      typeof time === "number" && Number.isInteger(time) && time >= 0 && time <= END_OF_TIME;
    return isMoment ? time : undefined;
  },
};

/** The next block is dated no earlier than this. Name and answer as in chopsticks. */
export const devTimeTravel = (tools: TimeTools) =>
  method({
    name: "dev_timeTravel",
    unsafe: true,
    params: [param("date", moment)],
    result: "The moment in milliseconds since 1970",
    handle(_, time) {
      const travelled = tools.travelTo(millis(time));
      return travelled.ok ? ok(time) : err(timeToolError(travelled.error));
    },
  });
