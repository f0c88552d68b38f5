import {existsSync} from "node:fs";
import {bytesToHex} from "#base";
import {encode} from "#codec";
import {createPortableHashing} from "#crypto";
import {headerHash} from "#primitives";
import {plainBlock, readBlocks} from "#snapshot";
import {answer} from "../answer.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";

/** As `khala_checkBlock` answers. */
interface CheckedJson {
  readonly number: number;
  readonly verdict: "valid" | "refused" | "not-judged";
  readonly code: string | null;
  readonly reason: string | null;
  /** Bytes. */
  readonly proofSize: number | null;
  readonly weight: {
    readonly refTime: string;
    readonly proofSize: string | null;
    readonly maxRefTime: string | null;
    readonly maxProofSize: string | null;
  } | null;
  /** Milliseconds. */
  readonly executedIn: number | null;
  readonly judgedIn: number | null;
}

/** Apart from a refusal, for scripts: of the block nothing was found out. */
const NOT_JUDGED = 3;
const CODES = {valid: SUCCESS, refused: FAILURE, "not-judged": NOT_JUDGED};
/** Picoseconds of reference time in a millisecond. */
const PICOSECONDS = 1e9;

/** u64::MAX. */
const UNLIMITED = 2n ** 64n - 1n;

/** Has a node judge one of its blocks, and says what came of it. */
export async function checkBlock(
  link: NodeLink,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  const file = values.one("file");
  if (file !== undefined) return checkFile(link, file, values, terminal);
  const hash = await hashOf(link, values.positional[0]);
  const checked = await ask(link, hash);
  if (checked === null) throw unknown(link, hash);
  answer(terminal, values, {hash, ...checked}, checkedLines(hash, checked));
  return CODES[checked.verdict];
}

/** Of a file each block, or the one that is named; the worst of what was found is the exit code. */
async function checkFile(
  link: NodeLink,
  file: string,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  if (!existsSync(file)) {
    throw new DeskError({
      code: "file-missing",
      what: `there is no file ${file}`,
      todo: "name another",
    });
  }
  const [named] = values.positional;
  const checked: (CheckedJson & {hash: string})[] = [];
  for (const block of readBlocks(file)) {
    if (!block.ok) {
      throw new DeskError({
        code: "blocks-damaged",
        what: `the file cannot be read to its end: ${block.error}`,
        facts: [["file", file]],
        did: `checked ${checked.length} blocks before`,
        todo: "get the file again, or export the blocks anew",
      });
    }
    const {header} = block.value;
    // Chains that hash otherwise are asked by number.
    const hash = bytesToHex(headerHash(header, createPortableHashing()));
    if (named !== undefined && named !== hash && named !== String(header.number)) continue;
    const found = await ask(link, bytesToHex(encode(plainBlock, block.value)));
    if (found !== null) checked.push({hash, ...found});
  }
  if (checked.length === 0) {
    throw new DeskError({
      code: "block-unknown",
      what:
        named === undefined
          ? "there is no block in the file"
          : `there is no block ${named} in the file`,
      facts: [["file", file]],
      todo: "name one that is in it by its number, or none for all",
    });
  }
  const lines = checked.flatMap(({hash, ...one}) => checkedLines(hash, one));
  answer(terminal, values, checked, lines);
  const verdicts = checked.map(({verdict}) => verdict);
  if (verdicts.includes("refused")) return FAILURE;
  return verdicts.includes("not-judged") ? NOT_JUDGED : SUCCESS;
}

async function hashOf(link: NodeLink, text: string | undefined): Promise<string> {
  if (text !== undefined && /^0x[0-9a-f]{64}$/i.test(text)) return text;
  if (text === undefined || !/^\d{1,10}$/.test(text)) {
    throw new DeskError({
      code: "argument-missing",
      what: text === undefined ? "which block?" : `${text} is neither a number nor a hash`,
      todo: "khala check-block N, or its hash: 0x and 64 digits",
    });
  }
  const hash = (await link.ask("chain_getBlockHash", Number(text))) as string | null;
  if (hash === null) throw unknown(link, text);
  return hash;
}

async function ask(link: NodeLink, hash: string): Promise<CheckedJson | null> {
  try {
    return (await link.askUnsafe("khala_checkBlock", hash)) as CheckedJson | null;
  } catch (error) {
    if (!NodeLink.isUnknownMethod(error)) throw error;
    throw new DeskError({
      code: "node-foreign",
      what: `the node at ${link.place} knows no khala_checkBlock`,
      todo: "point --url at a khala node of this version or a newer one",
    });
  }
}

const unknown = (link: NodeLink, block: string) =>
  new DeskError({
    code: "block-unknown",
    what: `the node at ${link.place} has no block ${block}`,
    todo: "name one that it has: a number up to its best block's, or a hash",
  });

function checkedLines(hash: string, checked: CheckedJson): string[] {
  const {number, verdict, code, reason, proofSize, weight, executedIn, judgedIn} = checked;
  const said = verdict === "not-judged" ? "not judged" : verdict;
  const rows: (readonly [string, string | undefined])[] = [
    ["hash", hash],
    ["reason", code === null ? undefined : `${code}: ${reason}`],
    ["proof", proofSize === null ? undefined : `${count(proofSize)} bytes`],
    ["weight", weight === null ? undefined : weightText(weight)],
    ["executed", executedIn === null ? undefined : `in ${executedIn.toFixed(1)} ms`],
    ["judged", judgedIn === null ? undefined : `in ${judgedIn.toFixed(1)} ms`],
  ];
  return [
    `block ${number}: ${said}`,
    ...rows.flatMap(([label, text]) => (text === undefined ? [] : [row(label, text)])),
  ];
}

const count = (value: number): string => value.toLocaleString("en");

function weightText({
  refTime,
  proofSize,
  maxRefTime,
  maxProofSize,
}: NonNullable<CheckedJson["weight"]>): string {
  const time = `${(Number(refTime) / PICOSECONDS).toFixed(1)}${
    maxRefTime === null ? "" : ` of ${count(Number(maxRefTime) / PICOSECONDS)}`
  } ms`;
  if (proofSize === null) return time;
  // Runtimes without a limit of their own say u64::MAX.
  const isLimited = maxProofSize !== null && BigInt(maxProofSize) < UNLIMITED;
  const most = !isLimited ? "" : ` of ${count(Number(maxProofSize))}`;
  return `${time}, ${count(Number(proofSize))}${most} bytes of proof`;
}
