import {err, ok, type Result} from "#base";
import {makeFolder, removeUnfinished} from "#durable-file";
import {DiskKeyFiles} from "./disk-key-files.ts";
import {createDiskKeyStops} from "./disk-key-stops.ts";
import {Keystore, type KeystoreDependencies} from "./keystore.ts";
import type {KeystoreFailure} from "./keystore-failure.ts";
import {systemErrorCode} from "./system-error.ts";

export interface DiskKeystoreOptions {
  /** Made when missing, with access for its owner only. */
  readonly directory: string;
  readonly password?: string | undefined;
}

/** Opens a folder of keys and reads each of them: one that is exposed, corrupt or of another password is refused. */
export function openDiskKeystore(
  options: DiskKeystoreOptions,
  dependencies: KeystoreDependencies,
): Result<Keystore, KeystoreFailure> {
  const {directory} = options;
  try {
    makeFolder(directory, 0o700);
  } catch (error) {
    return err({code: "key-file-unwritable", file: directory, reason: systemErrorCode(error)});
  }
  const files = new DiskKeyFiles(directory);
  const readable = files.check();
  if (!readable.ok) return readable;
  // A process that was killed while it wrote a key has left a secret that nobody will look for.
  removeUnfinished(directory);
  const keystore = new Keystore(
    {files, stops: createDiskKeyStops(directory)},
    options.password,
    dependencies,
  );
  const checked = keystore.check();
  return checked.ok ? ok(keystore) : checked;
}
