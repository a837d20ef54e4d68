// Strict deterministic CBOR, format.md section 1.
// A *shape* is a function from a Reader to a value; what it returns was of the form, everything else is refused.

import { malformed, updateNeeded } from './failure.mjs';

const UNSIGNED = 0;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const NULL = 0xf6;
const LIMIT = 1n << 63n;

/** Reads items from the start of `bytes`; `place` is how far it came. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }

  byte() {
    if (this.place >= this.bytes.length) malformed('ends within an item');
    return this.bytes[this.place++];
  }

  /** The argument of an item of this major type in its shortest form: a number while that is exact, else a bigint. */
  argument(major) {
    const first = this.byte();
    if (first >> 5 !== major) malformed('an item of another type');
    const info = first & 31;
    if (info < 24) return info;
    if (info > 27) malformed('an item of no definite length');
    const width = 1 << (info - 24);
    let value = 0n;
    for (let i = 0; i < width; i++) value = (value << 8n) | BigInt(this.byte());
    const least = width === 1 ? 24n : 1n << BigInt(4 * width);
    if (value < least) malformed('a longer form than needed');
    if (value >= LIMIT) malformed('a number beyond 2^63');
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }

  /** A length or count from `least` to `most` that the bytes left can hold. */
  length(major, least, most) {
    const length = this.argument(major);
    if (length < least || length > most || length > this.bytes.length - this.place) {
      malformed('a length beyond its bounds');
    }
    return length;
  }

  take(length) {
    this.place += length;
    return this.bytes.subarray(this.place - length, this.place);
  }
}

export const uint = (least = 0, most = LIMIT) => (reader) => {
  const value = reader.argument(UNSIGNED);
  if (value < least || value > most) malformed('a number beyond its bounds');
  return value;
};

export const bytes = (least, most = least) => (reader) => reader.take(reader.length(BYTES, least, most));

export const text = (least, most) => (reader) => {
  const raw = reader.take(reader.length(TEXT, least, most));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return malformed('text that is not UTF-8');
  }
};

export const list = (shape, least, most) => (reader) => {
  const values = [];
  for (let left = reader.length(ARRAY, least, most); left > 0; left--) values.push(shape(reader));
  return values;
};

export const optional = (shape) => (reader) => {
  if (reader.bytes[reader.place] !== NULL) return shape(reader);
  reader.place++;
  return null;
};

/** The name of the one chosen. */
export const choice = (...names) => (reader) => {
  const chosen = reader.argument(UNSIGNED);
  return chosen < names.length ? names[chosen] : updateNeeded('an unknown choice');
};

const readFields = (fields, reader, count) => {
  const names = Object.keys(fields);
  if (count !== names.length) malformed('a missing or an extra field');
  const value = {};
  for (const name of names) value[name] = fields[name](reader);
  return value;
};

/** `[a, b]`, as an object. */
export const structure = (fields) => (reader) => readFields(fields, reader, reader.length(ARRAY, 0, Infinity));

/** A structure with the number 1 before its fields. */
export const versioned = (fields) => (reader) => {
  const count = reader.length(ARRAY, 1, Infinity);
  if (reader.argument(UNSIGNED) !== 1) updateNeeded('an unknown version');
  return readFields(fields, reader, count - 1);
};

/** A structure with its kind before its fields: `kinds` gives name and fields by number. */
export const variant = (kinds) => (reader) => {
  const count = reader.length(ARRAY, 1, Infinity);
  const found = kinds[reader.argument(UNSIGNED)];
  if (found === undefined) updateNeeded('an unknown kind');
  const [kind, fields] = found;
  return { kind, ...readFields(fields, reader, count - 1) };
};

/** The one item that `bytes` are. */
export const decode = (shape, bytes) => {
  const reader = new Reader(bytes);
  const value = shape(reader);
  if (reader.place !== bytes.length) malformed('bytes after the end');
  return value;
};

const header = (major, argument) => {
  const value = BigInt(argument);
  if (value < 24n) return Buffer.from([(major << 5) | Number(value)]);
  const power = value < 1n << 8n ? 0 : value < 1n << 16n ? 1 : value < 1n << 32n ? 2 : 3;
  const encoded = Buffer.alloc(1 + (1 << power));
  encoded[0] = (major << 5) | (24 + power);
  let rest = value;
  for (let i = encoded.length - 1; i > 0; i--) {
    encoded[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return encoded;
};

export const encodeBytes = (value) => Buffer.concat([header(BYTES, value.length), value]);

export const encodeText = (value) => {
  const encoded = Buffer.from(value, 'utf8');
  return Buffer.concat([header(TEXT, encoded.length), encoded]);
};

export const encodeArray = (...items) => Buffer.concat([header(ARRAY, items.length), ...items]);
