import {readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const DOCS = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs");

/** What is another at every run becomes the same: hashes, addresses, moments, numbers. */
const shape = (text: string): string =>
  text
    .replace(/0x[0-9a-f]+/g, "HEX")
    .replace(/\b[1-9A-HJ-NP-Za-km-z]{46,49}\b/g, "ADDRESS")
    .replace(/\d+:\d+:\d+/g, "TIME")
    .replace(/[\d,.]*\d/g, "N");

/**
 * Lines that tell of progress come as often as there are sessions to wait for, and what is said between being active
 * and the first block is a matter of turns.
 */
function shapes(text: string): string[] {
  const lines = shape(text)
    .split("\n")
    .filter(line => /^( {2}|[a-z-]+: )/.test(line));
  return lines.filter((line, i) => line !== lines[i - 1]);
}

/**
 * The guide's block of this name and the program's real output, each line brought to its shape. With UPDATE_DOCS=1 the
 * output takes the block's place.
 */
export function besideGuide(
  name: string,
  output: string,
  page = "operator-guide.md",
): {guide: string[]; found: string[]} {
  const file = join(DOCS, page);
  const text = readFileSync(file, "utf8");
  const pattern = new RegExp(`(<!-- ${name} -->\\n\`\`\`\\n)([\\s\\S]*?)(\`\`\`\\n)`);
  const block = pattern.exec(text)?.[2] ?? "";
  if (process.env.UPDATE_DOCS === "1") {
    const shown = output.replace(/ws:\/\/127\.0\.0\.1:\d+/g, "ws://127.0.0.1:9944");
    writeFileSync(
      file,
      text.replace(pattern, (_, head, __, tail) => `${head}${shown}${tail}`),
    );
    return {guide: shapes(output), found: shapes(output)};
  }
  return {guide: shapes(block), found: shapes(output)};
}
