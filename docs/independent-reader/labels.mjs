// Labels, contexts, hashes and key derivation: format.md sections 2, 3 and 6.

import { createHash, createHmac } from 'node:crypto';
import { encodeArray, encodeBytes, encodeText } from './cbor.mjs';
import { verify } from './ed25519.mjs';

const ZERO = Buffer.from([0]);

export const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

export const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** `L(NAME)`, given the words after `cofre/1 `. */
const label = (words) => `cofre/1 ${words}`;

/** `ctx(NAME, p1, p2, …)`. */
export const context = (words, ...parts) => encodeArray(encodeText(label(words)), ...parts.map(encodeBytes));

const signedText = (words, payload) => Buffer.concat([Buffer.from(label(words)), ZERO, payload]);

/** The hash of a signed thing: under the label of its signature, or what else such a hash is for. */
export const signedHash = (words, signed) => sha256(signedText(words, signed.payload), signed.signature);

export const signatureHolds = (words, signed, publicKey) =>
  verify(publicKey, signedText(words, signed.payload), signed.signature);

/** The expand step of RFC 5869. */
export const expand = (hashName, key, info, length) => {
  const blocks = [];
  let last = Buffer.alloc(0);
  for (let i = 1, made = 0; made < length; i++, made += last.length) {
    last = createHmac(hashName, key).update(Buffer.concat([last, info, Buffer.from([i])])).digest();
    blocks.push(last);
  }
  return Buffer.concat(blocks).subarray(0, length);
};
