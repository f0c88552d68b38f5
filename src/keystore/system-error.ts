/** The system's name of what went wrong (EACCES, ENOSPC). An exception without one is a bug and goes on its way. */
export function systemErrorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  throw error;
}
