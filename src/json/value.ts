/** Any value that JSON text can say. A number is what JavaScript can hold of it; its exact text is in the source. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };
