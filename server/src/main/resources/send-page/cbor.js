// Strict deterministic CBOR of format.md, section 1: unsigned integers, byte strings, texts, arrays and null, each in its one form.

import { altered, newer } from './failure.js';

const NULL = 0xf6;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const head = (major, value) => {
  if (value < 24) return [major | value];
  if (value < 0x100) return [major | 24, value];
  if (value < 0x10000) return [major | 25, value >> 8, value & 0xff];
  throw new RangeError('longer than anything that is written here');
};

/** The one form of a value: null, a number, bytes, a text, or an array of these. */
export const encode = (value) => {
  if (value === null) return Uint8Array.of(NULL);
  if (typeof value === 'number') return Uint8Array.from(head(0x00, value));
  if (value instanceof Uint8Array) return join([Uint8Array.from(head(0x40, value.length)), value]);
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    return join([Uint8Array.from(head(0x60, bytes.length)), bytes]);
  }
  return join([Uint8Array.from(head(0x80, value.length)), ...value.map(encode)]);
};

/** Bytes one after the other. */
export const join = (pieces) => {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    all.set(piece, place);
    place += piece.length;
  }
  return all;
};

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }

  take(count) {
    if (count > this.bytes.length - this.place) throw altered();
    this.place += count;
    return this.bytes.subarray(this.place - count, this.place);
  }

  /** The number in an item's head, which is of this kind; -1 for null. */
  head(major) {
    const [first] = this.take(1);
    if (first === NULL) return -1;
    const size = first & 0x1f;
    if ((first & 0xe0) !== major || size > 27) throw altered();
    if (size < 24) return size;
    let value = 0;
    for (const byte of this.take(1 << (size - 24))) value = value * 256 + byte;
    const least = size === 24 ? 24 : 2 ** (8 << (size - 25));
    if (value < least || value > Number.MAX_SAFE_INTEGER) throw altered();
    return value;
  }

  required(major) {
    const value = this.head(major);
    if (value < 0) throw altered();
    return value;
  }
}

/** An unsigned integer up to `most`. */
export const uint = (most = Number.MAX_SAFE_INTEGER) => (reader) => {
  const value = reader.required(0x00);
  if (value > most) throw altered();
  return value;
};

/** Bytes of a length, or of one between two. */
export const bytes = (least, most = least) => (reader) => {
  const length = reader.required(0x40);
  if (length < least || length > most) throw altered();
  return reader.take(length).slice();
};

/** A text of so many bytes of UTF-8. */
export const text = (least, most) => (reader) => {
  const length = reader.required(0x60);
  if (length < least || length > most) throw altered();
  try {
    return utf8.decode(reader.take(length));
  } catch {
    throw altered();
  }
};

/** Null, or what it says. */
export const optional = (item) => (reader) => {
  if (reader.bytes[reader.place] !== NULL) return item(reader);
  reader.place++;
  return null;
};

/** An array of the same, `most` at most. */
export const list = (item, most) => (reader) => {
  const count = reader.required(0x80);
  if (count > most) throw altered();
  return Array.from({ length: count }, () => item(reader));
};

/** An array of these fields, as an object. With a version, that number stands before them; another one is of a newer release. */
export const structure = (fields, version) => (reader) => {
  const count = reader.required(0x80);
  if (version !== undefined && (count < 1 || reader.required(0x00) !== version)) throw newer();
  const names = Object.keys(fields);
  if (count !== names.length + (version === undefined ? 0 : 1)) throw altered();
  return Object.fromEntries(names.map((name) => [name, fields[name](reader)]));
};

/** Reads bytes that are exactly one item. */
export const decode = (item, encoded) => {
  const reader = new Reader(encoded);
  const value = item(reader);
  if (reader.place !== encoded.length) throw altered();
  return value;
};
