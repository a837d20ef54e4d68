// Ed25519 under the one strict rule, and which keys may enter a log: format.md section 3.

import { createPrivateKey, createPublicKey, verify as equationHolds } from 'node:crypto';

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const mod = (a) => ((a % P) + P) % P;

const power = (base, exponent) => {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = (b * b) % P) if (e & 1n) result = (result * b) % P;
  return result;
};

const inverse = (a) => power(a, P - 2n);
const D = mod(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

const number = (littleEndian) => BigInt(`0x${Buffer.from(littleEndian).reverse().toString('hex')}`);

const yOf = (encoded) => number(encoded) & ((1n << 255n) - 1n);

/** The y of all points of small order: 0, 1, −1, and both of order 8. */
const SMALL_ORDER = new Set([
  0n,
  1n,
  P - 1n,
  number(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex')),
  number(Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex')),
]);

const sound = (encoded) => {
  const y = yOf(encoded);
  return y < P && !SMALL_ORDER.has(y);
};

export const publicOf = (seed) =>
  createPublicKey(createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' }))
    .export({ format: 'der', type: 'spki' })
    .subarray(SPKI.length);

export const verify = (publicKey, message, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  if (!sound(publicKey) || !sound(signature.subarray(0, 32)) || number(signature.subarray(32)) >= ORDER) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
    return equationHolds(null, message, key, signature);
  } catch {
    return false; // the bytes are no point
  }
};

/** The x of the point, null where there is none. */
const xOf = (encoded) => {
  const y = yOf(encoded);
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  let x = power(square, (P + 3n) / 8n);
  if ((x * x) % P !== square) x = (x * ROOT_OF_MINUS_ONE) % P;
  if ((x * x) % P !== square) return null;
  return (x & 1n) === BigInt(encoded[31] >> 7) ? x : mod(-x);
};

/** RFC 8032, section 5.1.4: points as [X, Y, Z, T]. */
const add = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * t2 * D);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
};

/** Whether a key may enter a log: canonical, a point, not the neutral one, of the group of prime order. */
export const acceptable = (publicKey) => {
  if (!sound(publicKey)) return false;
  const x = xOf(publicKey);
  if (x === null) return false;
  const y = yOf(publicKey);
  let sum = [0n, 1n, 1n, 0n];
  for (let p = [x, y, 1n, (x * y) % P], e = ORDER; e > 0n; e >>= 1n, p = add(p, p)) if (e & 1n) sum = add(sum, p);
  return sum[0] === 0n && sum[1] === sum[2];
};
