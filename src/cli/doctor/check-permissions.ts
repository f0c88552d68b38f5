import {existsSync, readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import type {Finding} from "./finding.ts";
import type {Patient} from "./patient.ts";

const ACCESS_OF_OTHERS = 0o077;
const WRITE_BY_OTHERS = 0o022;

/** Who else can reach the data and the keys. */
export function checkPermissions({basePath, chains, values}: Patient): Finding[] {
  if (!existsSync(basePath)) {
    return [{check: "base path", level: "ok", what: `${basePath} is made at the first start`}];
  }
  const named = values.one("keystore-path");
  const keystores = [
    ...(named === undefined ? [] : [named]),
    ...chains.map(chain => join(chain, "keystore")),
  ].filter(folder => existsSync(folder));
  return [
    judge("base path", basePath, WRITE_BY_OTHERS, "others may write to it", "chmod go-w"),
    ...keystores.flatMap(checkKeystore),
    ...chains
      .map(chain => join(chain, "network", "secret_ed25519"))
      .filter(file => existsSync(file))
      .map(file => judge("node key", file, ACCESS_OF_OTHERS, "others may read it", "chmod go-rwx")),
  ];
}

function checkKeystore(folder: string): Finding[] {
  const open = judge(
    "keystore",
    folder,
    ACCESS_OF_OTHERS,
    "others may look into it",
    "chmod go-rwx",
  );
  let files: string[];
  try {
    files = readdirSync(folder).map(name => join(folder, name));
  } catch (error) {
    const what = `${folder} cannot be read (${(error as NodeJS.ErrnoException).code})`;
    return [{check: "keystore", level: "bad", what, todo: "run this as the node's user"}];
  }
  const exposed = files.filter(file => (modeOf(file) & ACCESS_OF_OTHERS) !== 0);
  if (exposed.length === 0) {
    return [
      open,
      {check: "keys", level: "ok", what: `${files.length} files, for their owner only`},
    ];
  }
  return [
    open,
    {
      check: "keys",
      level: "bad",
      what: `${exposed.length} files in ${folder} can be reached by others; the node refuses them`,
      todo: `chmod 600 '${folder}'/*, and rotate the keys if somebody may have read them`,
    },
  ];
}

function judge(
  check: string,
  path: string,
  bits: number,
  problem: string,
  remedy: string,
): Finding {
  const mode = modeOf(path);
  const shown = `${path} has mode ${mode.toString(8)}`;
  if ((mode & bits) === 0 || process.platform === "win32") return {check, level: "ok", what: shown};
  return {check, level: "bad", what: `${shown}: ${problem}`, todo: `${remedy} '${path}'`};
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;
