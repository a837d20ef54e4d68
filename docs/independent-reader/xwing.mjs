// X-Wing, HPKE in base mode that only exports, and what is wrapped with it: format.md sections 3 and 6.

import { createDecipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { tampered } from './failure.mjs';
import { context, expand, sha256 } from './labels.mjs';
import * as mlkem from './mlkem.mjs';

const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const X_WING_LABEL = Buffer.from('5c2e2f2f5e5c', 'hex');
const NOTHING = Buffer.alloc(0);
const EXPORT_ONLY = 0xffff;

const exchangeKey = (scalar) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, scalar]), format: 'der', type: 'pkcs8' });

/** The X25519 result, null where it is zeros. */
const exchange = (privateKey, point) => {
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([SPKI, point]), format: 'der', type: 'spki' });
    const shared = diffieHellman({ privateKey, publicKey });
    return shared.every((byte) => byte === 0) ? null : shared;
  } catch {
    return null;
  }
};

export const hashOf = (publicKey) => sha256(publicKey);

/** The key pair of a seed of 32 bytes. */
export const keyPair = (seed) => {
  const expanded = createHash('shake256', { outputLength: 96 }).update(seed).digest();
  const kem = mlkem.keyGen(expanded.subarray(0, 32), expanded.subarray(32, 64));
  const exchanging = exchangeKey(expanded.subarray(64));
  const point = createPublicKey(exchanging).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  const publicKey = Buffer.concat([kem.publicKey, point]);
  return { seed, kem, exchanging, point, publicKey, hash: hashOf(publicKey) };
};

/** Whether a key of 1216 bytes may enter a log. */
export const acceptable = (publicKey) => {
  const point = publicKey.subarray(1184);
  const below = BigInt(`0x${Buffer.from(point).reverse().toString('hex')}`) < 2n ** 255n - 19n;
  return below && mlkem.acceptable(publicKey) && exchange(exchangeKey(Buffer.alloc(32, 1)), point) !== null;
};

export const decapsulate = (key, encapsulation) => {
  if (encapsulation.length !== 1120) tampered('an encapsulation of another length');
  const point = encapsulation.subarray(1088);
  const shared = exchange(key.exchanging, point);
  if (shared === null) tampered('an encapsulation of low order');
  const inner = mlkem.decapsulate(key.kem, encapsulation.subarray(0, 1088));
  return createHash('sha3-256').update(Buffer.concat([inner, shared, point, key.point, X_WING_LABEL])).digest();
};

/** RFC 9180: the key schedule of base mode and an export of 32 bytes, of KEM 0x647a and HKDF-SHA256. */
export const exportSecret = (sharedSecret, info, exporterContext, aead = EXPORT_ONLY) => {
  const suite = Buffer.from([0x48, 0x50, 0x4b, 0x45, 0x64, 0x7a, 0x00, 0x01, aead >> 8, aead & 255]);
  const version = Buffer.from('HPKE-v1');
  const extract = (salt, name, keyMaterial) =>
    createHmac('sha256', salt).update(Buffer.concat([version, suite, Buffer.from(name), keyMaterial])).digest();
  const expandLabelled = (key, name, text) =>
    expand('sha256', key, Buffer.concat([Buffer.from([0, 32]), version, suite, Buffer.from(name), text]), 32);
  const schedule = Buffer.concat([
    Buffer.from([0]),
    extract(NOTHING, 'psk_id_hash', NOTHING),
    extract(NOTHING, 'info_hash', info),
  ]);
  const exporter = expandLabelled(extract(sharedSecret, 'secret', NOTHING), 'exp', schedule);
  return expandLabelled(exporter, 'sec', exporterContext);
};

/** The 32 bytes in a wrap of 48 under its single-use key. */
export const unwrap = (key, wrap) => {
  if (wrap.length !== 48) tampered('a wrap of another length');
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12), { authTagLength: 16 });
  cipher.setAuthTag(wrap.subarray(32));
  try {
    return Buffer.concat([cipher.update(wrap.subarray(0, 32)), cipher.final()]);
  } catch {
    return tampered('a wrap that does not open');
  }
};

/** What is in a wrapped secret of 1168 bytes, as a wrapped seed is one. */
export const openWrapped = (key, info, wrapped) => {
  if (wrapped.length !== 1168) tampered('a wrapped secret of another length');
  return unwrap(exportSecret(decapsulate(key, wrapped.subarray(0, 1120)), info, NOTHING), wrapped.subarray(1120));
};

/** The secret of a channel, for the member whose key this is. */
export const channelSecret = (key, channel) =>
  exportSecret(
    decapsulate(key, channel.encapsulation),
    context(
      'channel secret',
      channel.team,
      channel.vault,
      channel.sender,
      channel.deviceKey,
      channel.recipient,
      channel.recipientKey,
    ),
    context('channel secret'),
  );
