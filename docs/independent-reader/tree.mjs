// Where each file of a vault stands, and writing it there: protocol.md section 4.

import { existsSync, mkdirSync, openSync, closeSync, readdirSync, renameSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from './failure.mjs';
import { hex } from './labels.mjs';

const NOT_ON_WINDOWS = /[\\:*?"<>|]|[. ]$/g;
const DEVICE_ON_WINDOWS = /^(con|prn|aux|nul|(com|lpt)[0-9¹²³])(?=\.|$)/i;

/** A name as this system can have it. */
const portable = (name) =>
  process.platform === 'win32' ? name.replace(NOT_ON_WINDOWS, '_').replace(DEVICE_ON_WINDOWS, '$1_') : name;

/** The end of the year 9999 in milliseconds; a later time is no file's. */
const LATEST = 253402300799999;

const conflictName = (path, id) => {
  const slash = path.lastIndexOf('/');
  const dot = path.lastIndexOf('.');
  const end = dot > slash + 1 ? dot : path.length;
  return `${path.slice(0, end)} (conflict ${id})${path.slice(end)}`;
};

const placeOf = (path, id, taken) => {
  if (!taken.has(path)) return path;
  for (const name of [id.slice(0, 8), id]) if (!taken.has(conflictName(path, name))) return conflictName(path, name);
  for (let number = 2; ; number++) {
    const name = conflictName(path, `${id} ${number}`);
    if (!taken.has(name)) return name;
  }
};

/** The live files with their paths, in the order of their first put; `version` is null where the current cannot be read. */
export const place = (vault) => {
  const live = [...vault.files.values()]
    .filter((file) => !file.deleted && file.versions[0].blob !== null)
    .map((file) => ({ file, known: file.versions.findLast((version) => version.record), current: file.versions.at(-1) }));
  const taken = new Set();
  const kept = new Set();
  for (const { file, known } of live) {
    if (known === undefined || taken.has(known.record.path)) continue;
    taken.add(known.record.path);
    kept.add(file);
  }
  return live.map(({ file, known, current }) => {
    const path = known === undefined || kept.has(file) ? known?.record.path : placeOf(known.record.path, hex(file.id), taken);
    if (path !== undefined) taken.add(path);
    return { file, path: path ?? null, version: current === known ? current : null };
  });
};

/** A directory that was empty, into which files are written whole or not at all. */
export class Target {
  constructor(path) {
    if (existsSync(path) && readdirSync(path).length > 0) throw new Refusal('in the way', `${path} is not empty`);
    this.path = path;
  }

  /** Where a vault's path goes: as it is, but for what this system cannot have, and never in place of something else. */
  local(path) {
    let directory = this.path;
    mkdirSync(directory, { recursive: true });
    const names = path.slice(1).split('/').map(portable);
    for (const name of names.slice(0, -1)) {
      directory = this.free(directory, name, (found) => readable(found));
      mkdirSync(directory, { recursive: true });
    }
    return this.free(directory, names.at(-1), () => false);
  }

  free(directory, name, accept) {
    let found = join(directory, name);
    for (let number = 2; existsSync(found) && !accept(found); number++) found = join(directory, `${name} (${number})`);
    return found;
  }

  /** Writes pieces under a temporary name, which becomes the file's when all of them were right. */
  write(path, modified, pieces) {
    const final = this.local(path);
    const partial = join(dirname(final), `.${process.pid}.part`);
    const file = openSync(partial, 'wx', 0o600);
    try {
      for (const piece of pieces) writeAll(file, piece);
      closeSync(file);
      if (modified <= LATEST) utimesSync(partial, modified / 1000, modified / 1000);
      renameSync(partial, final);
      return final;
    } catch (failure) {
      rmSync(partial, { force: true });
      throw failure;
    }
  }
}

const readable = (path) => {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
};

const writeAll = (file, piece) => {
  for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
};
