/** Both ends of an address or a hash, which is what people compare. */
export function short(text: string, ends = 6): string {
  const head = text.startsWith("0x") ? ends + 2 : ends;
  return text.length <= head + ends + 1 ? text : `${text.slice(0, head)}…${text.slice(-ends)}`;
}

export const count = (value: number): string => value.toLocaleString();

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Words without an end as a sentence. */
export const sentenceOf = (text: string): string =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;

export function bytesText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(1)} KiB`;
  if (bytes < 1_073_741_824) return `${(bytes / 1_048_576).toFixed(1)} MiB`;
  return `${(bytes / 1_073_741_824).toFixed(1)} GiB`;
}
