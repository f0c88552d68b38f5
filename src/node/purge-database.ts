import {err, ok, type Report, type Result} from "#base";
import {chainFolders, purgeChain} from "#store";

/** Removes a chain's database, unless a node has it open; says what was done. */
export function purgeDatabase(basePath: string, chainId: string): Result<string, Report> {
  const {database, keystore} = chainFolders(basePath, chainId);
  const purged = purgeChain(basePath, chainId);
  if (!purged.ok) {
    return err({
      code: purged.error.code,
      what: "a node has this database open",
      facts: [
        ["database", database],
        ["process", String(purged.error.pid)],
      ],
      did: "removed nothing",
      todo: "stop that process first",
    });
  }
  return ok(
    purged.value
      ? `removed ${database}, and with it the memory of what was signed; keys in ${keystore} stay.\n` +
          "Do not author or vote with them at once if others still run this chain: it could be signing twice."
      : `nothing to remove: no ${database}`,
  );
}
