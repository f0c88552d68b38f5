// The licences of what the bundles hold, for NOTICE: found by what esbuild says it wrote, so that nothing is forgotten
// and nothing named that is not shipped. The same text is printed once, above the packages that have it.
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
const RULE = "=".repeat(80);

/**
 * `metafiles`: esbuild's. `files`: paths of further files that are shipped as they are. Both name files below a folder
 * `node_modules` of `root`.
 */
export function noticeOf({root, metafiles, files}) {
  const folders = new Set([...metafiles.flatMap(writtenInputs), ...files].flatMap(folderOf));
  const packages = [...folders]
    .map(folder => packageAt(join(root, folder)))
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
  const byText = new Map();
  for (const {label, text} of packages) {
    byText.set(text, [...new Set([...(byText.get(text) ?? []), label])]);
  }
  const sections = [...byText].map(
    ([text, labels]) => `${RULE}\n${labels.join("\n")}\n${RULE}\n\n${text}\n`,
  );
  return `khala is licensed under Apache-2.0: see LICENSE. Its files in dist hold code of the packages below, under the
licences printed under their names. scripts/notice.js writes this file during the build.

${sections.join("\n")}`;
}

const writtenInputs = ({outputs}) =>
  Object.values(outputs).flatMap(({inputs}) =>
    Object.entries(inputs)
      .filter(([, {bytesInOutput}]) => bytesInOutput > 0)
      .map(([path]) => path),
  );

/** The folder of the package that a file is of; none for files of our own. */
function folderOf(path) {
  const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
  return match === null ? [] : [match[0]];
}

function packageAt(folder) {
  const {name, version, license} = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder)
    .filter(file => LICENCE_FILE.test(file))
    .sort(compare)
    .map(file => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  if (license === undefined && texts.length === 0) {
    throw new Error(`${name} ${version} is bundled and says nothing of its licence`);
  }
  return {
    name,
    version,
    label: `${name} ${version}: ${license ?? "as below"}`,
    text:
      texts.join("\n\n") ||
      `The package has no file with its licence; its manifest says ${license}.`,
  };
}

/** By code units, so that no machine's language changes the order. */
const compare = (a, b) => (a < b ? -1 : Number(a > b));
