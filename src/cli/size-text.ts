const MEBIBYTE = 1_048_576;

/** Bytes for people: `12 KiB`, `3.4 MiB`, `5.67 GiB`. */
export function sizeText(bytes: number): string {
  if (bytes < MEBIBYTE) return `${Math.ceil(bytes / 1_024)} KiB`;
  if (bytes < 1_024 * MEBIBYTE) return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
  return `${(bytes / MEBIBYTE / 1_024).toFixed(2)} GiB`;
}
