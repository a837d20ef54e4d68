// Contents on their way to the disk of whoever opened a send. A file appears only when all of it is verified.

import { Failure } from './failure.js';

const SMALL = 32 << 20;
const MOST_IN_MEMORY = 256 << 20;
const KEPT = 5 * 60_000;
const DRAFT = 'cofre-draft-';

const download = (blob, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
};

/** Gathers a small file in memory. */
const inMemory = (name) => {
  const pieces = [];
  return {
    write: async (piece) => void pieces.push(piece.slice()),
    close: async () => download(new Blob(pieces, { type: 'application/octet-stream' }), name),
    abort: async () => void (pieces.length = 0),
  };
};

/** Writes to where whoever saves says. The browser puts it there when it is closed, and not before. */
const picked = async (name) => {
  const handle = await window.showSaveFilePicker({ suggestedName: name, startIn: 'downloads' });
  const stream = await handle.createWritable();
  return {
    write: (piece) => stream.write(piece),
    close: () => stream.close(),
    abort: async () => {
      await stream.abort();
      // The picker has left an empty file of that name.
      if ((await handle.getFile()).size === 0) await handle.remove?.();
    },
  };
};

/** Writes to the page's own place on the disk, which nobody else sees, and hands over what is whole. */
const drafted = async (name) => {
  const root = await navigator.storage.getDirectory();
  const draft = `${DRAFT}${Date.now()}-${crypto.randomUUID()}`;
  const handle = await root.getFileHandle(draft, { create: true });
  const remove = () => root.removeEntry(draft).catch(() => {});
  try {
    const stream = await handle.createWritable();
    return {
      write: (piece) => stream.write(piece),
      close: async () => {
        await stream.close();
        const file = await handle.getFile();
        download(file.slice(0, file.size, 'application/octet-stream'), name);
        setTimeout(remove, KEPT);
      },
      abort: async () => {
        await stream.abort();
        await remove();
      },
    };
  } catch (e) {
    await remove();
    throw e;
  }
};

/** Deletes what an earlier page could not. */
export const tidy = async () => {
  try {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) {
      const begun = name.startsWith(DRAFT) ? parseInt(name.substring(DRAFT.length), 10) : Infinity;
      if (begun < Date.now() - KEPT) await root.removeEntry(name).catch(() => {});
    }
  } catch {
    // This browser keeps none.
  }
};

const target = async (name, size) => {
  if (size <= SMALL) return inMemory(name);
  if (window.showSaveFilePicker) return picked(name);
  try {
    return await drafted(name);
  } catch {
    if (size <= MOST_IN_MEMORY) return inMemory(name);
    throw new Failure('tooLarge');
  }
};

/**
 * Saves what comes in pieces. Whatever fails, nothing is left behind.
 *
 * @param moved is told how many bytes there are so far
 */
export const save = async (name, size, pieces, moved) => {
  const sink = await target(name, size);
  try {
    let done = 0;
    for await (const piece of pieces) {
      await sink.write(piece);
      done += piece.length;
      moved(done);
    }
  } catch (e) {
    await sink.abort().catch(() => {});
    throw e instanceof DOMException && e.name === 'QuotaExceededError' ? new Failure('diskFull') : e;
  }
  await sink.close();
};
