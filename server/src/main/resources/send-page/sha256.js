// SHA-256 (FIPS 180-4) of what comes in pieces, which WebCrypto does not have.

/** The first 32 bits of the fractional parts of roots of the first primes: the constants of the standard, section 4.2.2 and 5.3.3. */
const constants = (count, root) => {
  const found = [];
  for (let n = 2; found.length < count; n++) {
    let prime = true;
    for (let d = 2; d * d <= n && prime; d++) prime = n % d !== 0;
    if (prime) found.push(fraction(BigInt(n), root));
  }
  return found;
};

/** By integers: the floor of the root of n · 2^(32 · root), without its upper part. */
const fraction = (n, root) => {
  const target = n << BigInt(32 * root);
  let low = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) {
    if ((low + bit) ** BigInt(root) <= target) low += bit;
  }
  return Number(low & 0xffffffffn) | 0;
};

const K = Int32Array.from(constants(64, 3));
const BEGIN = Int32Array.from(constants(8, 2));
const BLOCK = 64;

export class Sha256 {
  #state = BEGIN.slice();
  #rest = new Uint8Array(BLOCK);
  #words = new Int32Array(64);
  #length = 0;

  /** Adds a piece. */
  update(piece) {
    let place = 0;
    const filled = this.#length % BLOCK;
    this.#length += piece.length;
    if (filled > 0) {
      place = Math.min(BLOCK - filled, piece.length);
      this.#rest.set(piece.subarray(0, place), filled);
      if (filled + place < BLOCK) return;
      this.#block(this.#rest, 0);
    }
    for (; place + BLOCK <= piece.length; place += BLOCK) this.#block(piece, place);
    this.#rest.set(piece.subarray(place));
  }

  /** The 32 bytes. Nothing can be added after this. */
  finish() {
    const bits = this.#length * 8;
    const filled = this.#length % BLOCK;
    const end = new Uint8Array((filled < 56 ? BLOCK : 2 * BLOCK) - filled);
    end[0] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits % 2 ** 32);
    this.update(end);
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, i) => digest.setInt32(4 * i, word));
    return new Uint8Array(digest.buffer);
  }

  #block(bytes, place) {
    const w = this.#words;
    for (let i = 0, p = place; i < 16; i++, p += 4) {
      w[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    const s = this.#state;
    let a = s[0];
    let b = s[1];
    let c = s[2];
    let d = s[3];
    let e = s[4];
    let f = s[5];
    let g = s[6];
    let h = s[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    s[0] += a;
    s[1] += b;
    s[2] += c;
    s[3] += d;
    s[4] += e;
    s[5] += f;
    s[6] += g;
    s[7] += h;
  }
}
