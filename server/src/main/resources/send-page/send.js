// A send, seen by whoever has its link (format.md, section 15; protocol.md, section 6). Nothing that the server says is believed that the link
// does not vouch for, but for expiry and limits, which are the server's to keep.

import { bytes, decode, encode, join, list, optional, structure, text, uint } from './cbor.js';
import { context, frameLength, openContent, openPadded, reading, sealedLength } from './cobblestone.js';
import { Failure, altered, newer } from './failure.js';
import { Sha256 } from './sha256.js';

const ACCESS = 1;
const PREFACE = 2;
const SALT = 3;
const MANIFEST = 4;
const PROOF = 5;
const ITERATIONS = 600_000;
const MOST_MANIFEST = 3 << 20;
const TRIES = 4;

const STATE = structure({
  expires: uint(),
  left: optional(uint()),
  passcode: uint(1),
  code: uint(1),
  agreement: optional(bytes(32)),
  preface: bytes(1, 1024),
  sealed: bytes(32),
});
const OPENED = structure({ until: uint(), manifest: bytes(16), length: uint() });
const PREFACE_FIELDS = structure({ sender: text(0, 200), team: text(0, 200), files: uint(), bytes: uint() }, 1);
const ENTRY = structure({
  name: text(1, 255),
  size: uint(2 ** 51),
  modified: uint(),
  type: text(0, 255),
  contentHash: bytes(32),
  file: bytes(16),
  blob: bytes(16),
  blobLength: uint(),
  contentKey: bytes(32),
});
const MANIFEST_FIELDS = structure(
  {
    team: bytes(32),
    vault: bytes(32),
    sender: text(0, 200),
    note: text(0, 4000),
    time: uint(),
    text: optional(text(0, 65536)),
    files: list(ENTRY, 4096),
  },
  1,
);

const REFUSALS = {
  'not-found': 'unknown',
  'send-expired': 'expired',
  'send-ended': 'ended',
  'send-used-up': 'usedUp',
  'passcode-wrong': 'passcodeWrong',
  'passcode-paused': 'passcodePaused',
};

const hex = (raw) => Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (digits) => Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
const base64url = (raw) => btoa(String.fromCharCode(...raw)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const sha256 = async (raw) => new Uint8Array(await crypto.subtle.digest('SHA-256', raw));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The id and the two parts of the fragment of a link. There is one way to write it. */
const read = (path, fragment) => {
  const id = /^\/s\/([0-9a-f]{32})$/.exec(path);
  if (fragment === '') throw new Failure('noKey');
  if (/^#v([2-9]|[1-9][0-9]+)\./.test(fragment)) throw newer();
  const form = /^#v1\.([A-Za-z0-9_-]{64})$/.exec(fragment);
  if (!id || !form) throw new Failure('badLink');
  const raw = Uint8Array.from(atob(form[1].replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  return { id: id[1], key: raw.slice(0, 32), mark: raw.slice(32) };
};

export class Send {
  #id;
  #key;
  #mark;
  #access;
  #sealed;
  #opening = crypto.getRandomValues(new Uint8Array(32));
  #contents = [];

  /** Takes a link apart. @throws Failure where it is none */
  constructor(path, fragment) {
    const link = read(path, fragment);
    this.#id = link.id;
    this.#key = link.key;
    this.#mark = link.mark;
  }

  /** What is behind the link: `sender team files bytes expires left passcode`. Uses nothing up. */
  async look() {
    this.#access = await this.#derive(this.#key, ACCESS);
    const state = decode(STATE, await this.#fetch('', this.#access));
    const mark = await sha256(join([state.preface, state.sealed]));
    if (!equal(mark.subarray(0, 16), this.#mark)) throw altered();
    const preface = decode(PREFACE_FIELDS, await this.#open(PREFACE, this.#key, state.preface));
    if (state.code !== 0 || state.agreement !== null) throw newer();
    this.#sealed = state.sealed;
    return { ...preface, expires: state.expires, left: state.left, passcode: state.passcode === 1 };
  }

  /** Opens it, which uses up one opening; once more, after a lost answer, no other. @returns the manifest: `note time text files` */
  async open(passcode) {
    const material = passcode === null ? this.#key : join([this.#key, await this.#stretch(passcode)]);
    const proof = passcode === null ? null : await this.#derive(material, PROOF);
    const body = encode([this.#opening, proof, null]);
    const answer = decode(OPENED, await this.#fetch('/open', this.#access, { method: 'POST', body }));
    if (answer.length > sealedLength(frameLength(MOST_MANIFEST))) throw altered();
    const sealed = await this.#fetch(`/blobs/${hex(answer.manifest)}`, this.#opening);
    if (!equal(await sha256(sealed), this.#sealed)) throw altered();
    const key = await this.#derive(material, MANIFEST);
    const pieces = [];
    for await (const piece of openContent(key, this.#context(MANIFEST), null, reading(sealed))) pieces.push(piece);
    const manifest = decode(MANIFEST_FIELDS, join(pieces));
    pieces.forEach((piece) => piece.fill(0));
    if (passcode !== null) material.fill(0);
    this.#contents = manifest.files.map((file) => file.contentKey);
    for (const file of manifest.files) {
      if (file.blobLength !== sealedLength(frameLength(file.size))) throw altered();
      file.info = context('content', manifest.team, manifest.vault, file.file, file.blob);
    }
    return manifest;
  }

  /** The content of a file in pieces, each of them authentic; that it is whole and what was sent is known when it ends. */
  async *content(file, signal) {
    const hash = new Sha256();
    const read = this.#patiently(`/blobs/${hex(file.blob)}`, file.blobLength, signal);
    for await (const piece of openContent(file.contentKey, file.info, file.size, read)) {
      hash.update(piece);
      yield piece;
    }
    if ((await read(1)).length > 0 || !equal(hash.finish(), file.contentHash)) throw altered();
  }

  /** Forgets the keys. */
  wipe() {
    for (const secret of [this.#key, this.#access, this.#opening, ...this.#contents]) secret?.fill(0);
  }

  #context(purpose) {
    return context('send', fromHex(this.#id), Uint8Array.of(purpose));
  }

  async #derive(from, purpose) {
    const key = await crypto.subtle.importKey('raw', from, 'HKDF', false, ['deriveBits']);
    const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: this.#context(purpose) };
    return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  }

  async #stretch(passcode) {
    const typed = new TextEncoder().encode(passcode.normalize('NFC'));
    const key = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
    const salt = await this.#derive(this.#key, SALT);
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS };
    return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  }

  async #open(purpose, material, sealed) {
    return openPadded(await this.#derive(material, purpose), this.#context(purpose), sealed);
  }

  /** An exchange whose answer was not refused. */
  async #exchange(path, token, { method = 'GET', body, headers = {}, signal } = {}) {
    const said = { Authorization: `Bearer ${base64url(token)}`, ...headers };
    if (body) said['Content-Type'] = 'application/cbor';
    let response;
    try {
      response = await fetch(`/v1/sends/${this.#id}${path}`, {
        method,
        body,
        headers: said,
        signal,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
    } catch (e) {
      throw signal?.aborted ? e : new Failure('offline', true);
    }
    if (response.ok) return response;
    const what = REFUSALS[response.headers.get('Cofre-Problem')];
    throw what ? new Failure(what) : new Failure('busy', true);
  }

  async #fetch(path, token, options) {
    const response = await this.#exchange(path, token, options);
    const reader = response.body.getReader();
    const pieces = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new Failure('offline', true);
      });
      if (done) return join(pieces);
      pieces.push(value);
      length += value.length;
      if (length > 2 * MOST_MANIFEST) throw altered();
    }
  }

  /** Gives the next bytes of a blob; a line that breaks is taken up again where it broke. */
  #patiently(path, length, signal) {
    const line = { place: 0, reader: null, tries: 0 };
    const more = async () => {
      for (;;) {
        try {
          if (!line.reader) {
            const headers = { Range: `bytes=${line.place}-` };
            line.reader = (await this.#exchange(path, this.#opening, { headers, signal })).body.getReader();
          }
          const { done, value } = await line.reader.read();
          if (done) throw new Failure('offline', true);
          line.place += value.length;
          line.tries = 0;
          return value;
        } catch (e) {
          line.reader = null;
          if (signal.aborted) throw e;
          if (e instanceof Failure && !e.again) throw e;
          if (++line.tries === TRIES) throw e instanceof Failure ? e : new Failure('offline', true);
          await pause(250 * 4 ** (line.tries - 1));
        }
      }
    };
    let rest = new Uint8Array(0);
    return async (count) => {
      const pieces = [rest];
      let had = rest.length;
      while (had < count && line.place < length) {
        const piece = await more();
        if (line.place > length) throw altered();
        pieces.push(piece);
        had += piece.length;
      }
      const all = join(pieces);
      rest = all.subarray(Math.min(count, had));
      return all.subarray(0, count);
    };
  }
}
