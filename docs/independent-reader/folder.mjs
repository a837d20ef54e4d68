// An export on the disk: format.md section 14.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { decode, Reader } from './cbor.mjs';
import { invalid, malformed, Refusal, tampered } from './failure.mjs';
import { hex, signatureHolds } from './labels.mjs';
import { manifestOf, signed } from './structures.mjs';

const PIECE = 1 << 20;
const MANIFEST = 'manifest';
const FILES = ['README.txt', 'bundles', 'channels', 'commits', 'contents', 'team.log'];

/** Calls `use` with a function that reads the next n bytes of a file, fewer only at its end. */
const withFile = (path, use) => {
  const file = openSync(path, 'r');
  try {
    return use((length) => {
      const piece = Buffer.alloc(length);
      let read = 0;
      for (let n = -1; n !== 0 && read < length; read += n) n = readSync(file, piece, read, length - read, null);
      return piece.subarray(0, read);
    }, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
};

/** The files of an export; nothing of them is given that is not what the manifest says. */
export class Folder {
  constructor(path) {
    this.path = path;
    if (!existsSync(join(path, MANIFEST))) {
      throw new Refusal('incomplete', `${path} holds no export, or one that was never finished: it has no manifest`);
    }
    this.signed = decode(signed, readFileSync(join(path, MANIFEST)));
    this.manifest = manifestOf(this.signed);
    const names = this.manifest.files.map((file) => file.name);
    if (names.join() !== FILES.join()) malformed('a manifest of other files than an export has');
    this.manifest.files.forEach((file) => this.check(file.name, file));
  }

  check(name, { length, hash }) {
    const path = join(this.path, name);
    if (!existsSync(path)) tampered(`${name} is missing`);
    const digest = createHash('sha256');
    withFile(path, (read, size) => {
      if (size !== length) tampered(`${name} has another length than the manifest says`);
      for (let piece = read(PIECE); piece.length > 0; piece = read(PIECE)) digest.update(piece);
    });
    if (!digest.digest().equals(hash)) tampered(`${name} is not what the manifest says`);
  }

  /** The items of a file, one after the other. */
  *items(name, shape) {
    const reader = new Reader(readFileSync(join(this.path, name)));
    while (reader.place < reader.bytes.length) yield shape(reader);
  }

  /** Whether a computer of the member signed the manifest, which is live where the log of the export ends. */
  checkManifest(team) {
    const { manifest } = this;
    if (!manifest.team.equals(team.id)) invalid('a manifest of another team');
    if (manifest.teamHead.seq !== team.seq || !manifest.teamHead.hash.equals(team.head.hash)) {
      invalid('a manifest of another team log');
    }
    const device = team.devices.get(hex(manifest.device));
    const theirs = device?.until === null && device.kind === 'computer' && device.member.id.equals(manifest.member);
    if (!theirs) invalid('a manifest by no live computer of the member');
    if (!signatureHolds('export', this.signed, device.signingKey)) invalid('a manifest that its device did not sign');
    return device.member;
  }

  /** Reads a sealed content as `withFile` does. */
  withBlob(blob, use) {
    return withFile(join(this.path, 'blobs', hex(blob)), use);
  }
}
