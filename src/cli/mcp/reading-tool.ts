/** Which block: for all tools that read at one. */
export const AT = {
  description: "the block: its hash or number; the best one where it is left out",
  anyOf: [{type: "string"}, {type: "integer", minimum: 0}],
};

/** What tools that only read have in common. */
export const reading = (properties: Readonly<Record<string, object>>, ...required: string[]) => ({
  inputSchema: {type: "object", properties, required, additionalProperties: false} as const,
  writes: false,
});
