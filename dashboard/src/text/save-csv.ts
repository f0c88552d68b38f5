/** Hands the browser a file. Nothing here needs quotes: numbers, times, hashes and plain words. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
  const text = rows.map(row => row.join(",")).join("\r\n");
  const address = URL.createObjectURL(new Blob([text], {type: "text/csv"}));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
