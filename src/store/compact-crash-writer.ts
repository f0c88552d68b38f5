/** Run by the crash test in a process of its own: compacts a database over and over, and says when it begins. */
import {unwrap} from "#base";
import {compactOnDisk} from "./compact-database.ts";
import {chainFolders} from "./layout.ts";

const folders = chainFolders(process.argv[2]!, "test");
for (;;) {
  process.stdout.write("begins\n");
  unwrap(await compactOnDisk(folders));
}
