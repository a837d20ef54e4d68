#!/usr/bin/env node
// Opens an encrypted export with nothing but its recovery kit. See README.md.

import { readFileSync } from 'node:fs';
import { at, malformed, Refusal, tampered } from './failure.mjs';
import { Folder } from './folder.mjs';
import { findKit, indexWraps, memberKeys, openRecord, readChannels } from './keys.mjs';
import { readKit } from './kit.mjs';
import { context, hex } from './labels.mjs';
import { openContent } from './sealing.mjs';
import { bundle, content, item, signed } from './structures.mjs';
import { Team } from './team.mjs';
import { place, Target } from './tree.mjs';
import { Vault } from './vault.mjs';

const USAGE = `node read.mjs EXPORT [OUT]
Checks an encrypted export and writes its files, opened, into OUT, a directory that is new or empty.
The recovery kit's code is read from standard input. Without OUT only what needs no kit is checked.
`;

/** What a system says of a name that it cannot have. Only this file is left out then. */
const NAME_REFUSED = new Set(['ENAMETOOLONG', 'EINVAL', 'EILSEQ']);

const [OPENED, REFUSED, USED_WRONGLY, PARTLY] = [0, 1, 2, 3];

/** A name of the vault's for a terminal: whatever could move the cursor or hide stands as its number. */
const visible = (text) =>
  text.replace(/[\p{C}\p{Zl}\p{Zp}\\]/gu, (sign) => (sign === '\\' ? '\\\\' : `\\x{${sign.codePointAt(0).toString(16)}}`));

const say = (line) => process.stdout.write(`${line}\n`);

const date = (time) => (Number(time) <= 8.64e15 ? new Date(Number(time)).toISOString() : `${time} ms`);

/** Everything that is signed: the log, the manifest, the commits, the sealed contents. */
const verify = (folder) => {
  const team = new Team();
  for (const entry of folder.items('team.log', signed)) at(`team log, entry ${team.seq + 1}`, () => team.append(entry));
  if (team.seq < 0) tampered('a team log without a genesis');
  const member = folder.checkManifest(team);
  const { manifest } = folder;
  const vault = new Vault(team, manifest.vault.vault);
  for (const one of folder.items('commits', item)) at(`commit ${vault.head.seq + 1}`, () => vault.append(one));
  const { head } = manifest.vault;
  if (vault.head.seq !== head.seq || !vault.head.hash.equals(head.hash)) tampered('another history than the manifest says');
  vault.checkNamedHeads();
  const contents = new Map();
  let last = '';
  for (const one of folder.items('contents', content)) {
    if (hex(one.blob) <= last) malformed('contents that are not in order');
    last = hex(one.blob);
    folder.check(`blobs/${hex(one.blob)}`, one);
    contents.set(hex(one.blob), one.length);
  }
  return { team, member, vault, contents };
};

const report = (folder, { team, vault, contents }) => {
  const versions = [...vault.versions.values()];
  say(`team        ${hex(team.id)}`);
  say(`team log    ${team.seq + 1} entries, all signed, in one chain and by the rules; head #${team.seq} ${hex(team.head.hash)}`);
  say(`vault       ${hex(vault.id)}`);
  say(`history     ${vault.head.seq} commits, the same; head #${vault.head.seq} ${hex(vault.head.hash)}`);
  say(`records     ${versions.filter((version) => version.sealed).length} of ${versions.length} versions, each the signed one`);
  say(`contents    ${contents.size}, each the listed one`);
  say(`exported    ${date(folder.manifest.time)}, by device ${hex(folder.manifest.device)}`);
};

/** What to say of something that was refused; anything else goes on up. */
const messageOf = (failure) => {
  if (!(failure instanceof Refusal)) throw failure;
  return failure.message;
};

const recordOf = (team, vault, version, wraps) => {
  if (version.sealed === null) throw new Refusal('closed', 'its record is not in the export');
  const record = openRecord(team, vault.id, version, wraps);
  if (record === null) throw new Refusal('closed', 'no key in the export leads to its record');
  if ((record.kind === 'file') !== (version.blob !== null)) malformed('a record of another kind');
  return record;
};

/**
 * Opens every record, and gives what is to be said of those that stay closed. All of this was signed as it is: what
 * does not open was so made by its author, or was closed to the exporting member too, and is in nobody else's way.
 */
const openRecords = (folder, { team, member, vault }, kitDevice) => {
  const keys = memberKeys(team, kitDevice);
  const channels = readChannels(team, vault.id, member, keys, folder.items('channels', signed));
  const wraps = indexWraps(member, channels, folder.items('bundles', bundle));
  const closed = [];
  for (const version of vault.versions.values()) {
    if (version.purged) continue;
    try {
      version.record = recordOf(team, vault, version, wraps(version.seq, version.place));
    } catch (refusal) {
      closed.push(`version ${hex(version.id)} of commit ${version.seq}: ${messageOf(refusal)}`);
    }
  }
  return closed;
};

/** Hands the content of a version to `use`, in pieces that are checked as they come. */
const withContent = (folder, { team, vault }, version, use) => {
  const { contentKey, size, contentHash } = version.record;
  const where = context('content', team.id, vault.id, version.file.id, version.blob);
  return folder.withBlob(version.blob, (read) => use(openContent(contentKey, where, size, contentHash, read)));
};

const readThrough = (pieces) => {
  while (!pieces.next().done);
};

/** Opens the content of every version with a record once; `version.opened` says of which it could be. */
const openContents = (folder, verified, closed) => {
  const opened = [...verified.vault.versions.values()].filter((version) => version.record && version.blob !== null);
  for (const version of opened) {
    try {
      const length = verified.contents.get(hex(version.blob));
      if (length === undefined) throw new Refusal('closed', 'its content is not in the export');
      if (length !== version.record.blobLength) tampered('a content of another length than its record says');
      withContent(folder, verified, version, readThrough);
      version.opened = true;
    } catch (refusal) {
      closed.push(`${visible(version.record.path)}, version of commit ${version.seq}: ${messageOf(refusal)}`);
    }
  }
  return opened.filter((version) => version.opened);
};

const openAll = (folder, verified, kit, out) => {
  const { team, member, vault } = verified;
  const target = new Target(out);
  const kitDevice = findKit(team, kit);
  if (kitDevice.member !== member) {
    throw new Refusal('not for this kit', 'the export is of another member than the kit');
  }
  const closed = openRecords(folder, verified, kitDevice);
  const named = vault.files.get('0'.repeat(32))?.versions.at(-1).record;
  say(`name        ${named ? visible(named.name) : '(cannot be read)'}`);

  // Every version is opened before the first file is written.
  const opened = openContents(folder, verified, closed);
  const bytes = opened.reduce((sum, version) => sum + version.record.size, 0);
  say(`opened      ${opened.length} versions, ${bytes} bytes: key commitments, padding, sizes and hashes are right`);

  let written = 0;
  for (const { file, path, version } of place(vault)) {
    if (version?.opened !== true) {
      say(`not here    ${path === null ? `file ${hex(file.id)}` : visible(path)}`);
      continue;
    }
    try {
      withContent(folder, verified, version, (pieces) => target.write(path, Number(version.record.modified), pieces));
      say(`wrote       ${visible(path)}  ${version.record.size} bytes`);
      written++;
    } catch (failure) {
      if (!NAME_REFUSED.has(failure.code)) throw failure;
      closed.push(`${visible(path)}: this system does not take such a name (${failure.code})`);
    }
  }
  say(`done        ${written} files`);
  for (const line of closed) say(`closed      ${line}`);
  return closed.length === 0 ? OPENED : PARTLY;
};

const main = (args) => {
  if (args.length < 1 || args.length > 2 || args[0].startsWith('-')) {
    process.stderr.write(USAGE);
    return USED_WRONGLY;
  }
  const [path, out] = args;
  try {
    const folder = new Folder(path);
    const verified = verify(folder);
    report(folder, verified);
    return out === undefined ? OPENED : openAll(folder, verified, readKit(readFileSync(0, 'utf8')), out);
  } catch (failure) {
    if (failure instanceof Refusal) process.stderr.write(`refused: ${visible(failure.message)}\n`);
    else process.stderr.write(`${failure.stack ?? failure}\n`);
    return REFUSED;
  }
};

process.exitCode = main(process.argv.slice(2));
