import type {ChainDescription} from "#description";
import type {CodeInspection} from "#node";
import type {Compiler} from "#runtime-api";
import {row} from "../table.ts";

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;
const MEBIBYTE = 1_048_576;
const WIDTH = 100;

/** For people. */
export function inspectionLines(of: CodeInspection): string[] {
  const {version, description, memory, imports, missing} = of;
  const {specName, specVersion, implName, implVersion, authoringVersion} = version;
  const apis = of.apis.map(({id, name, version}) => `${name ?? id} ${version}`).sort();
  const mebibytes = ((memory.minimum + memory.heap) * PAGE) / MEBIBYTE;
  const extensions = description?.extrinsic.extensions.map(({identifier}) => identifier);
  return [
    `${specName} ${specVersion}`,
    row("implements", `${implName} ${implVersion}, authoring version ${authoringVersion}`),
    row("code", `${of.hash}, ${grouped(of.size)} bytes, ${grouped(of.unpackedSize)} unpacked`),
    row(
      "built with",
      of.compiler === undefined ? "unknown: it does not say" : builtWith(of.compiler),
    ),
    row("versions", `transactions ${version.transactionVersion}, state ${version.stateVersion}`),
    row(
      "memory",
      `${memory.minimum} pages, and ${grouped(memory.heap)} of heap: ${Math.round(mebibytes)} MiB at most`,
    ),
    ...paragraph("APIs", apis),
    ...(description === undefined
      ? [row("metadata", `unknown: ${of.whyNotDescribed}`)]
      : [
          row("metadata", `version ${description.metadataVersion}`),
          ...paragraph("pallets", palletNames(description)),
          ...paragraph("extensions", extensions ?? []),
        ]),
    row("imports", `${imports.length} host functions`),
    ...(missing.length === 0
      ? [row("lacking", "nothing: this program has them all")]
      : paragraph("lacking", missing)),
  ];
}

/** `rustc 1.69.0-nightly of 2023-02-02` */
export const builtWith = ({name, day}: Compiler): string =>
  day === undefined ? name : `${name} of ${day}`;

/** For programs. */
export function inspectionJson(of: CodeInspection): object {
  const {version, description} = of;
  return {
    specName: version.specName,
    specVersion: version.specVersion,
    implName: version.implName,
    implVersion: version.implVersion,
    authoringVersion: version.authoringVersion,
    transactionVersion: version.transactionVersion,
    stateVersion: version.stateVersion,
    compiler: of.compiler === undefined ? null : builtWith(of.compiler),
    codeHash: of.hash,
    size: of.size,
    unpackedSize: of.unpackedSize,
    apis: of.apis.map(({id, name, version}) => ({id, name: name ?? null, version})),
    metadataVersion: description?.metadataVersion ?? null,
    pallets: description?.pallets.map(({name, index}) => ({name, index})) ?? null,
    extensions: description?.extrinsic.extensions.map(({identifier}) => identifier) ?? null,
    imports: of.imports,
    missing: of.missing,
    memory: of.memory,
  };
}

const palletNames = ({pallets}: ChainDescription): string[] =>
  pallets.map(({name, index}) => `${name} ${index}`);

const grouped = (count: number): string => count.toLocaleString("en-US");

/** Words in lines of so many characters, the first one with the label. */
function paragraph(label: string, words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line === "" ? word : `${line}, ${word}`;
    if (longer.length > WIDTH && line !== "") {
      lines.push(`${line},`);
      line = word;
    } else line = longer;
  }
  lines.push(line === "" ? "none" : line);
  return lines.map((each, i) => row(i === 0 ? label : "", each));
}
