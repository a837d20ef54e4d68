// The structures of format.md sections 1, 4, 5 and 14.

import { bytes, choice, decode, list, optional, structure, text, uint, variant, versioned } from './cbor.mjs';
import { malformed } from './failure.mjs';

const id = bytes(16);
const hash = bytes(32);
const signingKey = bytes(32);
const encryptionKey = bytes(1216);
const TEAM_ROLES = ['member', 'admin', 'owner'];
const VAULT_ROLES = ['viewer', 'editor', 'manager'];
const JOIN_MODES = ['at once', 'after confirmation'];
const teamRole = choice(...TEAM_ROLES);
const vaultRole = choice(...VAULT_ROLES);
const joinMode = choice(...JOIN_MODES);

/** How far up a role or a mode stands. */
export const teamRank = (role) => TEAM_ROLES.indexOf(role);
export const vaultRank = (role) => VAULT_ROLES.indexOf(role);
export const modeRank = (mode) => JOIN_MODES.indexOf(mode);

const head = structure({ seq: uint(), hash });
const vaultHead = structure({ vault: hash, head });
const heads = list(vaultHead, 0, 4096);

export const signed = structure({ payload: bytes(1, 4 << 20), signature: bytes(64) });

const deviceKeys = structure({ id, kind: choice('computer', 'recovery kit'), signingKey, encryptionKey });
const wrappedSeed = structure({ device: id, wrapped: bytes(1168) });
const vaultGrant = structure({ head: vaultHead, role: vaultRole });

const body = variant({
  1: ['genesis', { teamProfile: hash, owner: id, profile: hash, device: deviceKeys, memberKey: encryptionKey }],
  2: [
    'invite',
    { invite: id, key: signingKey, role: teamRole, vaults: list(vaultGrant, 0, 4096), expires: uint(), mode: joinMode },
  ],
  3: ['invite-cancel', { invite: id }],
  4: ['join', { statement: signed }],
  5: ['confirm', { member: id, join: hash }],
  6: ['member-remove', { member: id, heads, abandoned: list(hash, 0, 4096) }],
  7: ['role', { member: id, role: teamRole }],
  8: ['device-add', { statement: signed, seed: wrappedSeed }],
  9: ['device-revoke', { device: id, heads }],
  10: ['member-rekey', { memberKey: encryptionKey, seeds: list(wrappedSeed, 1, 256), previousSeed: bytes(1, 512), heads }],
  11: ['vault-create', { salt: bytes(16) }],
  12: ['vault-grant', { member: id, head: vaultHead, role: vaultRole, until: optional(uint()) }],
  13: ['vault-revoke', { member: id, head: vaultHead, leaves: choice('a manager', 'no manager') }],
  14: ['policy', { formatFloor: uint(0, 2 ** 31 - 1), joins: joinMode }],
});

const entry = versioned({ team: hash, seq: uint(), prev: hash, author: id, device: id, time: uint(), body });

const joinStatement = versioned({
  team: hash,
  invite: id,
  member: id,
  profile: hash,
  device: deviceKeys,
  memberKey: encryptionKey,
});

const deviceStatement = versioned({ team: hash, member: id, device: deviceKeys });

const terms = structure({
  expires: uint(),
  opens: optional(uint()),
  passcode: optional(hash),
  email: optional(hash),
  agreement: optional(structure({ revision: id, text: hash })),
});

const send = {
  send: id,
  revision: id,
  record: hash,
  access: hash,
  preface: bytes(1, 1024),
  manifest: id,
  sealed: hash,
  revisions: list(id, 0, 4096),
  blobs: list(id, 0, 4096),
  terms,
};

const change = variant({
  1: ['put', { file: id, revision: id, previous: optional(id), blob: optional(id), record: hash }],
  2: ['delete', { file: id, previous: id }],
  3: ['purge', { file: id, revisions: list(id, 1, 4096) }],
  4: ['send', send],
  5: ['send-end', { send: id }],
  6: ['send-extend', { send: id, expires: uint() }],
});

const commit = versioned({
  team: hash,
  vault: hash,
  seq: uint(),
  prev: hash,
  teamHead: head,
  author: id,
  device: id,
  time: uint(),
  changes: list(change, 1, 4096),
});

const channel = versioned({
  team: hash,
  vault: hash,
  sender: id,
  device: id,
  deviceKey: signingKey,
  recipient: id,
  recipientKey: hash,
  encapsulation: bytes(1120),
});

const manifest = versioned({
  team: hash,
  teamHead: head,
  vault: vaultHead,
  member: id,
  device: id,
  time: uint(),
  files: list(structure({ name: text(1, 64), length: uint(), hash }), 1, 16),
});

const payload = (shape, most) => (thing) => {
  if (thing.payload.length > most) malformed('a payload longer than allowed');
  return decode(shape, thing.payload);
};

/** What was signed, of each kind of signed thing. */
export const entryOf = payload(entry, 1 << 20);
export const joinStatementOf = payload(joinStatement, 1 << 20);
export const deviceStatementOf = payload(deviceStatement, 1 << 20);
export const commitOf = payload(commit, 4 << 20);
export const channelOf = payload(channel, 4 << 20);
export const manifestOf = payload(manifest, 1 << 20);

/** A commit and the sealed records of its puts; a record of no bytes is one that is not there. */
export const item = structure({ commit: signed, records: list(structure({ sealed: bytes(0, 17408) }), 0, 4096) });

const run = structure({ seq: uint(0, 2 ** 50 - 1), first: uint(0, 4096), wraps: bytes(48, 1 << 20) });

export const bundle = structure({ recipient: id, channel: hash, runs: list(run, 1, 21845) });

/** What an export says of one sealed content. */
export const content = structure({ blob: id, length: uint(), hash });
