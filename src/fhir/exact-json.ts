/** Any JSON value. Numbers are for reasoning only; their exact digits are in the source text. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | Json;

/** A JSON object. */
export interface Json {
  readonly [name: string]: JsonValue | undefined;
}
