// ML-KEM-768 (FIPS 203): key generation and decapsulation. Not in constant time: it runs on its owner's machine, once.

import { createHash } from 'node:crypto';

const Q = 3329;
const RANKS = [0, 1, 2];

const hash = (name, ...parts) => createHash(name).update(Buffer.concat(parts)).digest();
const shake = (name, length, ...parts) =>
  createHash(name, { outputLength: length }).update(Buffer.concat(parts)).digest();

const reversed = (i) => {
  let bits = 0;
  for (let j = 0; j < 7; j++) bits |= ((i >> j) & 1) << (6 - j);
  return bits;
};

const power17 = (exponent) => {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = (result * 17) % Q;
  return result;
};

const ZETAS = Array.from({ length: 128 }, (_, i) => power17(reversed(i)));
const GAMMAS = Array.from({ length: 128 }, (_, i) => power17(2 * reversed(i) + 1));

// Polynomials are arrays of 256 numbers below Q. Names of algorithms are those of FIPS 203.

const ntt = (polynomial) => {
  const f = polynomial.slice();
  let i = 1;
  for (let length = 128; length >= 2; length >>= 1) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = ZETAS[i++];
      for (let j = start; j < start + length; j++) {
        const t = (zeta * f[j + length]) % Q;
        f[j + length] = (f[j] - t + Q) % Q;
        f[j] = (f[j] + t) % Q;
      }
    }
  }
  return f;
};

const inverseNtt = (polynomial) => {
  const f = polynomial.slice();
  let i = 127;
  for (let length = 2; length <= 128; length <<= 1) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = ZETAS[i--];
      for (let j = start; j < start + length; j++) {
        const t = f[j];
        f[j] = (t + f[j + length]) % Q;
        f[j + length] = (zeta * (f[j + length] - t + Q)) % Q;
      }
    }
  }
  return f.map((x) => (x * 3303) % Q);
};

const multiplyNtts = (a, b) => {
  const c = [];
  for (let i = 0; i < 128; i++) {
    const [a0, a1, b0, b1] = [a[2 * i], a[2 * i + 1], b[2 * i], b[2 * i + 1]];
    c.push((a0 * b0 + ((a1 * b1) % Q) * GAMMAS[i]) % Q, (a0 * b1 + a1 * b0) % Q);
  }
  return c;
};

const add = (a, b) => a.map((x, i) => (x + b[i]) % Q);
const subtract = (a, b) => a.map((x, i) => (x - b[i] + Q) % Q);
const product = (row, vector) => row.map((a, j) => multiplyNtts(a, vector[j])).reduce(add);

/** Entry (i, j) of the matrix Â; what is read from the XOF grows in the rare case that it does not suffice. */
const sampleNtt = (rho, j, i) => {
  for (let length = 840; ; length *= 2) {
    const stream = shake('shake128', length, rho, Buffer.from([j, i]));
    const a = [];
    for (let p = 0; a.length < 256 && p < length; p += 3) {
      const first = stream[p] + 256 * (stream[p + 1] & 15);
      const second = (stream[p + 1] >> 4) + 16 * stream[p + 2];
      if (first < Q) a.push(first);
      if (second < Q && a.length < 256) a.push(second);
    }
    if (a.length === 256) return a;
  }
};

/** SamplePolyCBD with η = 2, of PRF(seed, n). */
const noise = (seed, n) => {
  const b = shake('shake256', 128, seed, Buffer.from([n]));
  const bit = (i) => (b[i >> 3] >> (i & 7)) & 1;
  return Array.from({ length: 256 }, (_, i) => (bit(4 * i) + bit(4 * i + 1) - bit(4 * i + 2) - bit(4 * i + 3) + Q) % Q);
};

const byteEncode = (polynomial, bits) => {
  const encoded = Buffer.alloc(32 * bits);
  polynomial.forEach((value, i) => {
    for (let j = 0; j < bits; j++) {
      if ((value >> j) & 1) encoded[(i * bits + j) >> 3] |= 1 << ((i * bits + j) & 7);
    }
  });
  return encoded;
};

const byteDecode = (encoded, bits) =>
  Array.from({ length: 256 }, (_, i) => {
    let value = 0;
    for (let j = 0; j < bits; j++) value |= ((encoded[(i * bits + j) >> 3] >> ((i * bits + j) & 7)) & 1) << j;
    return value;
  });

const compress = (polynomial, bits) =>
  polynomial.map((x) => Math.floor((x * 2 ** (bits + 1) + Q) / (2 * Q)) % 2 ** bits);

const decompress = (polynomial, bits) => polynomial.map((y) => Math.floor((2 * y * Q + 2 ** bits) / 2 ** (bits + 1)));

/** Whether the 768 coefficients of an encapsulation key are below q. */
export const acceptable = (key) =>
  RANKS.every((i) => byteDecode(key.subarray(384 * i, 384 * (i + 1)), 12).every((x) => x < Q));

/** ML-KEM.KeyGen_internal(d, z). */
export const keyGen = (d, z) => {
  const g = hash('sha3-512', d, Buffer.from([3]));
  const [rho, sigma] = [g.subarray(0, 32), g.subarray(32)];
  const secret = RANKS.map((i) => ntt(noise(sigma, i)));
  const error = RANKS.map((i) => ntt(noise(sigma, i + 3)));
  const t = RANKS.map((i) => add(product(RANKS.map((j) => sampleNtt(rho, j, i)), secret), error[i]));
  return { publicKey: Buffer.concat([...t.map((x) => byteEncode(x, 12)), rho]), secret, z };
};

/** K-PKE.Encrypt. */
const encrypt = (publicKey, message, randomness) => {
  const t = RANKS.map((i) => byteDecode(publicKey.subarray(384 * i, 384 * (i + 1)), 12));
  const rho = publicKey.subarray(1152);
  const y = RANKS.map((i) => ntt(noise(randomness, i)));
  const u = RANKS.map((i) =>
    add(inverseNtt(product(RANKS.map((j) => sampleNtt(rho, i, j)), y)), noise(randomness, i + 3)),
  );
  const v = add(
    add(inverseNtt(product(t, y)), noise(randomness, 6)),
    decompress(byteDecode(message, 1), 1),
  );
  return Buffer.concat([...u.map((x) => byteEncode(compress(x, 10), 10)), byteEncode(compress(v, 4), 4)]);
};

/** ML-KEM.Decaps_internal: 32 bytes for any ciphertext of 1088, those of the sender for theirs alone. */
export const decapsulate = (key, ciphertext) => {
  const u = RANKS.map((i) => decompress(byteDecode(ciphertext.subarray(320 * i, 320 * (i + 1)), 10), 10));
  const v = decompress(byteDecode(ciphertext.subarray(960), 4), 4);
  const message = byteEncode(compress(subtract(v, inverseNtt(product(key.secret, u.map(ntt)))), 1), 1);
  const g = hash('sha3-512', message, hash('sha3-256', key.publicKey));
  return encrypt(key.publicKey, message, g.subarray(32)).equals(ciphertext)
    ? g.subarray(0, 32)
    : shake('shake256', 32, key.z, ciphertext);
};
