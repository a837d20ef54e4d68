// Opening sealed bytes: C2SP chunked encryption, Cobblestone-256, and the frames inside (format.md, sections 2, 6, 7 and 8).

import { encode, join } from './cbor.js';
import { altered } from './failure.js';

const HEADER = 56;
const SALT = 24;
const CHUNK = 16384;
const TAG = 16;
const TOGETHER = 64;
const MOST_CONTENT = 2 ** 51;
const SUITE = new TextEncoder().encode('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0');

/** What sealed bytes are of: a label of the closed list, and ids. */
export const context = (label, ...parts) => encode([`cofre/1 ${label}`, ...parts]);

/** How long n bytes are once they are sealed. */
export const sealedLength = (n) => HEADER + n + TAG * (Math.floor(n / CHUNK) + 1);

/** How long the frame of n bytes is: Padmé of 8 + n, and at least 1024. */
export const frameLength = (n) => {
  const length = 8 + n;
  let e = 0;
  while (2 ** (e + 1) <= length) e++;
  const step = 2 ** (e - Math.floor(Math.log2(e)) - 1);
  return Math.max(1024, Math.ceil(length / step) * step);
};

const expand = async (key, info) => {
  const mac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-512' }, false, ['sign']);
  const first = new Uint8Array(await crypto.subtle.sign('HMAC', mac, join([info, Uint8Array.of(1)])));
  const second = new Uint8Array(await crypto.subtle.sign('HMAC', mac, join([first, info, Uint8Array.of(2)])));
  return join([first, second]).subarray(0, 76);
};

const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Opens chunks of one sealing, whose header this is. */
class Chunks {
  static async of(key, info, header) {
    if (header.length !== HEADER) throw altered();
    const derived = await expand(key, join([SUITE, header.subarray(0, SALT), info]));
    if (!equal(derived.subarray(44), header.subarray(SALT))) throw altered();
    const chunks = new Chunks();
    chunks.key = await crypto.subtle.importKey('raw', derived.subarray(0, 32), 'AES-GCM', false, ['decrypt']);
    chunks.nonce = derived.slice(32, 44);
    derived.fill(0);
    return chunks;
  }

  async open(index, sealed) {
    if (sealed.length < TAG) throw altered();
    const iv = this.nonce.slice();
    for (let i = 11, rest = index; rest > 0; i--, rest = Math.floor(rest / 256)) iv[i] ^= rest % 256;
    try {
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, tagLength: 8 * TAG }, this.key, sealed));
    } catch {
      throw altered();
    }
  }
}

/**
 * The plaintext of sealed bytes in pieces of up to 1 MiB, each of them authentic when it is given; that nothing is missing is known when it ends.
 * `read(n)` gives the next n bytes, fewer only at the end.
 */
export async function* openPieces(key, info, read) {
  const chunks = await Chunks.of(key, info, await read(HEADER));
  for (let index = 0; ; index += TOGETHER) {
    const sealed = await read(TOGETHER * (CHUNK + TAG));
    const opening = [];
    for (let i = 0; i * (CHUNK + TAG) < sealed.length; i++) {
      opening.push(chunks.open(index + i, sealed.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG))));
    }
    const opened = await Promise.all(opening);
    const last = sealed.length < TOGETHER * (CHUNK + TAG);
    if (last && (opened.length === 0 || opened.at(-1).length === CHUNK)) throw altered();
    yield opened.length === 1 ? opened[0] : join(opened);
    if (last) return;
  }
}

/**
 * The data of a content's frame, piece by piece. Another length than this, where one is expected, padding that is not zero, and a frame of another
 * length are refused.
 */
export async function* openContent(key, info, expected, read) {
  let size = 0;
  let place = 0;
  for await (const piece of openPieces(key, info, read)) {
    let data = piece;
    if (place === 0) {
      if (piece.length < 8) throw altered();
      size = Number(new DataView(piece.buffer, piece.byteOffset, 8).getBigUint64(0));
      if (size > MOST_CONTENT || (expected !== null && size !== expected)) throw altered();
      data = piece.subarray(8);
    }
    const before = Math.max(0, place - 8);
    place += piece.length;
    const end = Math.min(data.length, Math.max(0, size - before));
    if (data.subarray(end).some((byte) => byte !== 0)) throw altered();
    yield data.subarray(0, end);
  }
  if (place !== frameLength(size)) throw altered();
}

/** Gives the next bytes of a buffer. */
export const reading = (buffer) => {
  let place = 0;
  return async (count) => buffer.subarray(place, (place += Math.min(count, buffer.length - place)));
};

/** A padded record that is in memory. */
export const openPadded = async (key, info, sealed) => {
  const pieces = [];
  for await (const piece of openPieces(key, info, reading(sealed))) pieces.push(piece);
  const padded = join(pieces);
  if (padded.length < 256 || padded.length % 256 !== 0) throw altered();
  const length = new DataView(padded.buffer).getUint32(0);
  if (length > padded.length - 4 || Math.ceil((4 + length) / 256) * 256 !== padded.length) throw altered();
  if (padded.subarray(4 + length).some((byte) => byte !== 0)) throw altered();
  return padded.subarray(4, 4 + length);
};
