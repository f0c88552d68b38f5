import {DeskError} from "./desk/desk-error.ts";

/** Does what reads and writes files, and puts into words what the system does not let it, or the disk has no room for. */
export async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const {code} = error as NodeJS.ErrnoException;
    throw new DeskError({
      code: "system-refused",
      what: error.message,
      did: "stopped here; what is not whole is not taken for whole",
      todo:
        code === "ENOSPC"
          ? "make room there, or name another place; then run this again, it goes on where it can"
          : "see to it that the files are there and may be read and written, then run this again",
    });
  }
}
