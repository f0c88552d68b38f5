import type {TestEvent} from "../api.ts";
import type {TracedCall, TraceLevel, TransactionReplay} from "../chain-api.ts";
import {showChange, showValue} from "./show-value.ts";

/** What every extrinsic writes while it is applied: it says nothing of this one. */
const BOOKKEEPING =
  /^(:extrinsic_index|System\.(Events|EventCount|EventTopics|ExecutionPhase|BlockWeight|AllExtrinsicsLen|ExtrinsicData|ExtrinsicCount|BlockSize))(\(|$)/;

/**
 * What a transaction did, as much of it as is asked for: 1 what failed and over what, 2 events and what the runtime logged, 3 calls
 * within calls, weight, and what was written, 4 each access to the state.
 */
export function traceText(replay: TransactionReplay, level: TraceLevel): string {
  if (level === 0) return "";
  const {error, panic} = replay;
  const lines = [headline(replay)];
  if (panic !== undefined) lines.push(...section("panic", panic.split("\n")));
  else if (error !== undefined) lines.push(`  error    ${withDocs(replay)}`);
  if (level >= 2) {
    lines.push(...section("events", replay.events.map(eventLine)));
    lines.push(...section("logs", replay.logs));
  }
  if (level >= 3) {
    const {call, changes} = replay;
    lines.push(...section("calls", call === undefined ? [] : callLines(call)));
    lines.push(`  weight   ${weightText(replay)}`);
    lines.push(
      ...section(
        "written",
        changes
          .filter(({item}) => level >= 4 || !BOOKKEEPING.test(item))
          .map(({item, was, is}) => `${item}: ${showChange(was, is)}`),
      ),
    );
  }
  if (level >= 4) {
    const accesses = replay.accesses.map(
      ({kind, item, value}) =>
        `${kind.padEnd(6)} ${item}${kind === "clear" ? "" : ` = ${showValue(value)}`}`,
    );
    lines.push(...section("state", withTimes(accesses)));
  }
  return lines.join("\n");
}

function headline({call, signer, block, index, error, panic}: TransactionReplay): string {
  const mark = error === undefined && panic === undefined ? "✓" : "✗";
  const isBeginning = block !== undefined && index === undefined;
  const what = call?.call ?? (isBeginning ? "what the block began with" : "an extrinsic");
  const by = signer === undefined ? "" : ` by ${signer}`;
  const within = index === undefined ? "" : `, extrinsic ${index}`;
  return `${mark} ${what}${by} (${block === undefined ? "in no block" : `block ${block}${within}`})`;
}

const withDocs = ({error, docs}: TransactionReplay): string =>
  docs === "" ? error! : `${error}: ${docs}`;

const section = (name: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`  ${name}`, ...lines.map(line => `    ${line}`)];

/** Runtimes ask for the same again and again. */
function withTimes(lines: readonly string[]): readonly string[] {
  const runs: {readonly line: string; times: number}[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.times++;
    else runs.push({line, times: 1});
  }
  return runs.map(({line, times}) => (times === 1 ? line : `${line} (${times} times)`));
}

const eventLine = ({name, fields}: TestEvent): string => `${name} ${showValue(fields)}`;

function callLines({call, args, calls}: TracedCall): readonly string[] {
  const inner = calls.flatMap((one, i) =>
    callLines(one).map((line, at) => (at === 0 ? `  #${i + 1} ${line}` : `     ${line}`)),
  );
  return [`${call} ${showValue(args)}`, ...inner];
}

export function weightText({
  weight,
  proofSize,
}: Pick<TransactionReplay, "weight" | "proofSize">): string {
  const read = `proof of what it read ${grouped(proofSize)} bytes`;
  if (weight === undefined) return `not told; ${read}`;
  const declared =
    weight.proofSize === undefined ? "" : `, proof size ${grouped(weight.proofSize)} bytes`;
  return `ref time ${grouped(weight.refTime)} ps${declared}; ${read}`;
}

/** `1_234_567`: as numbers are written in code. */
export const grouped = (number: number | bigint): string =>
  String(number).replace(/\B(?=(\d{3})+$)/g, "_");
