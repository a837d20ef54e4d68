// A vault's history and its rules: protocol.md section 4.

import { invalid, malformed, tampered } from './failure.mjs';
import { hex, sha256, signatureHolds, signedHash } from './labels.mjs';
import { commitOf } from './structures.mjs';

const isZero = (id) => id.every((byte) => byte === 0);

/** The file that a change is about; a send's description has its id. */
const fileOf = (change) => change.file ?? change.send;

const same = (one, other) => (one === null || other === null ? one === other : one.equals(other));

/** A vault as its commits say it is, read against the whole team log. */
export class Vault {
  constructor(team, id) {
    team.rights.vault(id);
    this.team = team;
    this.id = id;
    /** Hash of every commit, by seq. */
    this.hashes = [id];
    this.teamSeq = 0;
    /** By id, in the order of their first put: `{ id, versions, deleted }`; the vault's name is the file of zeros. */
    this.files = new Map();
    /** By id: `{ id, file, seq, place, blob, recordHash, sealed, purged }`. */
    this.versions = new Map();
    /** By id: `{ expires, ended, revisions }`. */
    this.sends = new Map();
  }

  get head() {
    return { seq: this.hashes.length - 1, hash: this.hashes.at(-1) };
  }

  /** Takes the next commit with the sealed records of its puts, or refuses it; gives the versions it brings. */
  append({ commit: signed, records }) {
    const commit = commitOf(signed);
    const seq = this.hashes.length;
    if (!commit.team.equals(this.team.id) || !commit.vault.equals(this.id)) invalid('a commit of another vault');
    if (commit.seq !== seq) invalid('a commit out of its place');
    if (!commit.prev.equals(this.hashes.at(-1))) invalid('a commit that does not follow the one before');
    this.checkAuthor(commit, signed);
    this.hashes.push(signedHash('commit', signed));
    this.teamSeq = commit.teamHead.seq;
    const puts = commit.changes.filter((change) => change.kind === 'put' || change.kind === 'send');
    if (records.length !== puts.length) malformed('another number of records than of puts');
    const files = new Set();
    commit.changes.forEach((change, place) => {
      const file = fileOf(change);
      if (files.has(hex(file))) invalid('a file named twice in a commit');
      files.add(hex(file));
      this.checkManager(commit, change);
      if (seq === 1 && place === 0 && !(change.kind === 'put' && isZero(change.file))) {
        invalid('a first commit that does not begin with the name');
      }
    });
    // What a commit sends is judged by what was there before it.
    const sends = commit.changes.filter((change) => change.kind === 'send');
    const others = commit.changes.filter((change) => change.kind !== 'send');
    for (const change of [...sends, ...others]) this[change.kind](change, seq);
    return puts.map((put, place) => this.attach(put, place, records[place].sealed));
  }

  checkAuthor(commit, signed) {
    const { teamHead } = commit;
    const known = this.team.hashes[teamHead.seq];
    if (known === undefined || !known.equals(teamHead.hash)) invalid('a commit on another team log');
    if (teamHead.seq < this.teamSeq) invalid('a commit on an older team log than the one before');
    const device = this.team.devices.get(hex(commit.device));
    const live = device?.from <= teamHead.seq && (device.until === null || teamHead.seq < device.until);
    if (!live || device.kind !== 'computer' || !device.member.id.equals(commit.author)) {
      invalid('a commit by no live computer of its author');
    }
    if (!signatureHolds('commit', signed, device.signingKey)) invalid('a commit that its device did not sign');
    const last = device.heads.get(hex(this.id));
    if (last !== undefined && commit.seq > last) invalid('a commit beyond the head named when its device ended');
    if (!this.team.rights.allows(this.id, device.member, 'editor', teamHead.seq, commit.seq)) {
      invalid('a commit by somebody who may not write it');
    }
  }

  checkManager(commit, change) {
    if (change.kind !== 'purge' && !isZero(fileOf(change))) return;
    const member = this.team.members.get(hex(commit.author));
    if (!this.team.rights.allows(this.id, member, 'manager', commit.teamHead.seq, commit.seq)) {
      invalid('a change that is for managers');
    }
  }

  put(change, seq) {
    const file = this.files.get(hex(change.file));
    if (this.versions.has(hex(change.revision))) invalid('a version id that was used before');
    if (isZero(change.file) !== (change.blob === null)) invalid('a blob where none belongs, or none where one does');
    if (!same(change.previous, file?.versions.at(-1).id ?? null)) invalid('a put on another version than the last');
    const version = { id: change.revision, seq, blob: change.blob, recordHash: change.record, purged: false };
    this.versions.set(hex(change.revision), version);
    if (file === undefined) {
      this.files.set(hex(change.file), { id: change.file, versions: [version], deleted: false });
    } else {
      file.versions.push(version);
      file.deleted = false;
    }
    version.file = this.files.get(hex(change.file));
  }

  send(change, seq) {
    const revisions = change.revisions.map(hex);
    const blobs = change.blobs.map(hex);
    if (isZero(change.send) || this.files.has(hex(change.send))) invalid('a send whose id was used before');
    if (this.versions.has(hex(change.revision))) invalid('a version id that was used before');
    if (new Set(revisions).size < revisions.length || new Set(blobs).size < blobs.length) invalid('a content sent twice');
    if (blobs.includes(hex(change.manifest))) invalid('a content sent twice');
    for (const id of revisions) {
      const version = this.versions.get(id);
      if (version === undefined || version.purged || version.blob === null) invalid('a send of no content');
    }
    const version = { id: change.revision, seq, blob: null, recordHash: change.record, purged: false };
    const file = { id: change.send, versions: [version], deleted: false };
    version.file = file;
    this.versions.set(hex(change.revision), version);
    this.files.set(hex(change.send), file);
    this.sends.set(hex(change.send), { expires: change.terms.expires, ended: false, revisions });
  }

  openSend(id) {
    const send = this.sends.get(hex(id));
    if (send === undefined || send.ended) invalid('a change of no send, or of one that has ended');
    return send;
  }

  'send-end'(change) {
    this.openSend(change.send).ended = true;
  }

  'send-extend'(change) {
    const send = this.openSend(change.send);
    if (change.expires <= send.expires) invalid('a send made to end sooner');
    send.expires = change.expires;
  }

  delete(change) {
    const file = this.files.get(hex(change.file));
    if (isZero(change.file) || file === undefined || file.deleted) invalid('a deletion of no live file');
    if (!change.previous.equals(file.versions.at(-1).id)) invalid('a deletion of another version than the last');
    file.deleted = true;
  }

  purge(change) {
    const file = this.files.get(hex(change.file));
    for (const id of change.revisions) {
      const version = this.versions.get(hex(id));
      if (version?.file !== file || version.purged) invalid('a purge of no version of the file');
      if (!file.deleted && version === file.versions.at(-1)) invalid('a purge of a current version');
      version.purged = true;
      for (const send of this.sends.values()) {
        if (send.revisions.includes(hex(id))) send.ended = true;
      }
    }
  }

  /** Puts the sealed record beside its version; of no bytes it is one that is not there. */
  attach(put, place, sealed) {
    const version = this.versions.get(hex(put.revision));
    if (sealed.length > 0 && !sha256(sealed).equals(put.record)) tampered('a record that is not the signed one');
    return Object.assign(version, { place, sealed: sealed.length > 0 ? sealed : null });
  }

  /** Refuses a chain that lacks, or has another commit at, a head that the team log names. */
  checkNamedHeads() {
    for (const [seq, hash] of this.team.rights.vault(this.id).named) {
      const here = this.hashes[seq];
      if (here === undefined) invalid(`the team log names commit ${seq}, the history ends before`);
      if (!here.equals(hash)) invalid(`the team log names another commit ${seq}`);
    }
  }
}
