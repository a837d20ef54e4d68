// The team log and its rules: protocol.md section 2.

import * as ed25519 from './ed25519.mjs';
import { invalid } from './failure.mjs';
import { hex, signatureHolds, signedHash } from './labels.mjs';
import { applyBody } from './bodies.mjs';
import { entryOf } from './structures.mjs';
import { Rights } from './rights.mjs';
import * as xwing from './xwing.mjs';

const ZEROS = Buffer.alloc(32);

/** A team as its log says it is, entry by entry. */
export class Team {
  constructor() {
    /** Hash of every entry, by seq. */
    this.hashes = [];
    this.policy = { formatFloor: 1, joins: 'at once' };
    /** By id: `{ id, role, standing, keys, keyVoid, promised, invite, join, joinedBy }`. */
    this.members = new Map();
    /** By id: `{ id, member, kind, signingKey, encryptionKey, from, until, heads, seed }`. */
    this.devices = new Map();
    /** By id: `{ id, key, role, vaults, mode, inviter, state }`. */
    this.invites = new Map();
    /** Who may do what in which vault, and since when. */
    this.rights = new Rights();
    this.encryptionKeys = new Set();
  }

  get id() {
    return this.hashes[0];
  }

  get seq() {
    return this.hashes.length - 1;
  }

  get head() {
    return { seq: this.seq, hash: this.hashes[this.seq] };
  }

  /** Takes the next entry, or refuses it. */
  append(signed) {
    const entry = entryOf(signed);
    const first = this.hashes.length === 0;
    if (entry.seq !== this.hashes.length) invalid('an entry out of its place');
    if (!entry.team.equals(first ? ZEROS : this.id)) invalid('an entry of another team');
    if (!entry.prev.equals(first ? ZEROS : this.hashes.at(-1))) invalid('an entry that does not follow the one before');
    if ((entry.body.kind === 'genesis') !== first) invalid('a genesis out of its place');
    const hash = signedHash('entry', signed);
    // The keys of a newcomer are in what they sign; of all others they are known already.
    this.hashes.push(hash);
    applyBody(this, { ...entry, hash, signedBy: (key) => signatureHolds('entry', signed, key) });
  }

  /** The confirmed member of this id. */
  confirmed(id) {
    const member = this.members.get(hex(id));
    if (member?.standing !== 'confirmed') invalid('somebody who is no confirmed member');
    return member;
  }

  /** The author, if they are confirmed and the device is a live one of theirs that signed. */
  author(entry) {
    const member = this.confirmed(entry.author);
    const device = this.devices.get(hex(entry.device));
    if (device === undefined || device.member !== member || device.until !== null) {
      invalid('an entry by no live device of its author');
    }
    if (device.kind !== 'computer' && entry.body.kind !== 'device-add') invalid('an entry by a recovery kit');
    if (!entry.signedBy(device.signingKey)) invalid('an entry that its device did not sign');
    return member;
  }

  liveDevices(member) {
    return [...this.devices.values()].filter((device) => device.member === member && device.until === null);
  }

  owners() {
    return [...this.members.values()].filter((m) => m.standing === 'confirmed' && m.role === 'owner');
  }

  addMember(id, facts) {
    if (this.members.has(hex(id))) invalid('a member id that was used before');
    const member = { id, keys: [], keyVoid: false, ...facts };
    this.members.set(hex(id), member);
    return member;
  }

  addMemberKey(member, publicKey, facts) {
    const pair = { publicKey, from: this.seq, ...facts };
    if (!xwing.acceptable(publicKey)) invalid('an encryption key that is not acceptable');
    if (this.encryptionKeys.has(hex(publicKey))) invalid('an encryption key that a member has or had');
    this.encryptionKeys.add(hex(publicKey));
    member.keys.push(pair);
    member.keyVoid = false;
  }

  addDevice(member, keys, facts = {}) {
    if (this.devices.has(hex(keys.id))) invalid('a device id that was used before');
    if (!ed25519.acceptable(keys.signingKey)) invalid('a signing key that is not acceptable');
    if (!xwing.acceptable(keys.encryptionKey)) invalid('an encryption key that is not acceptable');
    this.devices.set(hex(keys.id), { ...keys, member, from: this.seq, until: null, heads: new Map(), ...facts });
  }

  endDevice(device, heads) {
    device.until = this.seq;
    device.heads = new Map(heads.map((named) => [hex(named.vault), named.head.seq]));
  }
}
