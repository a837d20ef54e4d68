// Sealed bytes, content frames and padded records: format.md sections 6 to 8.

import { createDecipheriv, createHash } from 'node:crypto';
import { bytes, choice, decode, list, structure, text, uint, variant } from './cbor.mjs';
import { malformed, tampered } from './failure.mjs';
import { expand } from './labels.mjs';

const HEADER = 56;
const CHUNK = 16384;
const TAG = 16;
const MOST_CONTENT = 2 ** 51;
const MOST_RECORD = 16384;
const SUITE = Buffer.from('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0');

/** `sealed(n)`. */
const sealedLength = (length) => HEADER + length + TAG * (Math.floor(length / CHUNK) + 1);

const keysOf = (key, salt, context) => {
  const derived = expand('sha512', key, Buffer.concat([SUITE, salt, context]), 76);
  return { chunkKey: derived.subarray(0, 32), nonce: derived.subarray(32, 44), commitment: derived.subarray(44) };
};

/** Whether the commitment at the beginning of sealed bytes is of this key and context. */
export const commits = (key, context, sealed) =>
  sealed.length >= HEADER &&
  keysOf(key, sealed.subarray(0, 24), context).commitment.equals(sealed.subarray(24, HEADER));

const nonceOf = (base, index) => {
  const nonce = Buffer.from(base);
  let rest = index;
  for (let i = 11; rest > 0; i--, rest = Math.floor(rest / 256)) nonce[i] ^= rest % 256;
  return nonce;
};

const openChunk = (keys, index, sealed) => {
  if (sealed.length < TAG) tampered('a sealed chunk that was cut');
  const cipher = createDecipheriv('aes-256-gcm', keys.chunkKey, nonceOf(keys.nonce, index), { authTagLength: TAG });
  cipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - TAG)), cipher.final()]);
  } catch {
    return tampered('a sealed chunk that does not open');
  }
};

/**
 * The plaintext of sealed bytes, piece by piece. `read(n)` gives the next n bytes, fewer only at the end; nothing larger
 * than a chunk is held. Every piece is authentic when it is given; that it was the last is known only at the end.
 */
export function* openPieces(key, context, read) {
  const header = read(HEADER);
  if (!commits(key, context, header)) tampered('sealed bytes under another key or of another place');
  const keys = keysOf(key, header.subarray(0, 24), context);
  for (let index = 0; ; index++) {
    const piece = openChunk(keys, index, read(CHUNK + TAG));
    if (piece.length < CHUNK) {
      if (read(1).length > 0) tampered('sealed bytes after the end');
      yield piece;
      return;
    }
    yield piece;
  }
}

/** Gives the next bytes of a buffer, as `openPieces` wants them. */
export const reading = (buffer) => {
  let place = 0;
  return (length) => {
    const piece = buffer.subarray(place, place + length);
    place += piece.length;
    return piece;
  };
};

export const open = (key, context, sealed) => Buffer.concat([...openPieces(key, context, reading(sealed))]);

const padme = (length) => {
  const bits = BigInt(length).toString(2).length - 1; // ⌊log2⌋
  const unit = 2 ** (bits - BigInt(bits).toString(2).length);
  return Math.ceil(length / unit) * unit;
};

const frameLength = (length) => Math.max(1024, padme(8 + length));

/** The data of a frame that comes in pieces, as it comes. */
export function* unframe(pieces) {
  let begin = Buffer.alloc(0);
  let total = 0;
  let length = null;
  for (const piece of pieces) {
    total += piece.length;
    let rest = piece;
    if (length === null) {
      begin = Buffer.concat([begin, piece]);
      if (begin.length < 8) continue;
      length = begin.readBigUInt64BE(0);
      if (length > BigInt(MOST_CONTENT)) malformed('a content longer than 2^51 bytes');
      length = Number(length);
      rest = begin.subarray(8);
    }
    const place = total - rest.length - 8;
    const data = rest.subarray(0, Math.max(0, length - place));
    if (rest.subarray(data.length).some((byte) => byte !== 0)) malformed('padding that is not zero');
    yield data;
  }
  if (length === null || total !== frameLength(length)) malformed('a frame of another length');
}

/** The content of a blob in pieces; after the last one its size and hash are those of the record, or it is refused. */
export function* openContent(key, context, size, contentHash, read) {
  const hash = createHash('sha256');
  let length = 0;
  for (const data of unframe(openPieces(key, context, read))) {
    hash.update(data);
    length += data.length;
    yield data;
  }
  if (length !== size || !hash.digest().equals(contentHash)) tampered('another content than the record says');
}

/** The CBOR in a padded record. */
export const unpad = (padded) => {
  if (padded.length < 4) malformed('a record without a length');
  const length = padded.readUInt32BE(0);
  if (length > MOST_RECORD) malformed('a record longer than 16 KiB');
  if (padded.length !== Math.ceil((4 + length) / 256) * 256) malformed('a record padded to another length');
  if (padded.subarray(4 + length).some((byte) => byte !== 0)) malformed('padding that is not zero');
  return padded.subarray(4, 4 + length);
};

const record = variant({
  1: [
    'file',
    {
      path: text(2, 4096),
      size: uint(),
      modified: uint(),
      type: text(0, 255),
      category: choice('general', 'personal', 'professional', 'credentials', 'third party', 'financial'),
      contentHash: bytes(32),
      tags: list(text(0, 1024), 0, 64),
      contentKey: bytes(32),
      blobLength: uint(),
    },
  ],
  2: ['name', { name: text(1, 200) }],
  4: [
    'send',
    {
      label: text(0, 200),
      note: text(0, 4000),
      count: uint(),
      contents: list(structure({ name: text(1, 255), size: uint() }), 0, 32),
    },
  ],
});

const wrongName = (name) =>
  name === '' || name === '.' || name === '..' || Buffer.byteLength(name) > 255 || /[\u0000-\u001f\u007f-\u009f]/.test(name);

const checkPath = (path) => {
  const names = path.slice(1).split('/');
  if (path[0] !== '/' || names.length > 64 || names.some(wrongName) || path.normalize('NFC') !== path) {
    malformed('a path that is none');
  }
};

export const decodeRecord = (cbor) => {
  const read = decode(record, cbor);
  if (read.kind === 'file') {
    checkPath(read.path);
    if (read.size > MOST_CONTENT || read.blobLength !== sealedLength(frameLength(read.size))) {
      malformed('a blob length that is not of the size');
    }
  }
  return read;
};
