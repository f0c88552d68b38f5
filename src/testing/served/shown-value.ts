/** What a test handed over, short and with its quotes: the text "3" is not the number. */
export const shownValue = (value: unknown): string =>
  typeof value === "string" || Array.isArray(value)
    ? JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === "bigint" ? `${inner}n` : inner,
      ).slice(0, 80)
    : String(value);
