// Links and the words that people compare: format.md section 9. The reader of exports needs none of it.

import { hkdfSync } from 'node:crypto';
import { bytes, decode, structure, text, uint, versioned } from './cbor.mjs';
import { publicOf } from './ed25519.mjs';
import { malformed } from './failure.mjs';
import { context, signedHash } from './labels.mjs';
import { open } from './sealing.mjs';
import { signed } from './structures.mjs';
import { WORDS } from './words.mjs';

const LONGEST = 2048;
const id = bytes(16);
const hash = bytes(32);
const head = structure({ seq: uint(), hash });
const origin = text(1, 255);
const joining = versioned({ origin, team: hash, head, inviter: hash, invite: id, secret: bytes(16) });
const pairing = versioned({ origin, team: hash, member: id, head, deviceHash: hash, secret: bytes(16) });

const derive = (secret, info, length) => Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), info, length));

const readLink = (link, path, shape) => {
  const [before, fragment, ...more] = link.split('#');
  if (link.length > LONGEST || fragment === undefined || more.length > 0) malformed('this is no whole link');
  const cbor = Buffer.from(fragment, 'base64url');
  if (cbor.toString('base64url') !== fragment) malformed('a fragment that is not canonical');
  const said = decode(shape, cbor);
  if (!before.startsWith(`${said.origin}/`) || !before.endsWith(path)) malformed('a link of another address than it says');
  return said;
};

/** What an invitation's link says, and the public key of the invitation. */
export const readJoinLink = (link) => {
  const said = readLink(link, '/join', joining);
  return { ...said, key: publicOf(derive(said.secret, context('invite key', said.team, said.invite), 32)) };
};

/** What a pairing's link says, its relay, and `open`, which gives the statement in its message. */
export const readPairLink = (link) => {
  const said = readLink(link, '/pair', pairing);
  const place = context('pairing', said.team, Buffer.from([2]), said.member, said.deviceHash);
  return {
    ...said,
    relay: derive(said.secret, context('pairing', said.team, Buffer.from([1])), 16),
    open: (message) => decode(signed, open(derive(said.secret, place, 32), place, message)),
  };
};

/** The eight words over a join entry or a new device's statement. */
export const compareWords = (thing) => {
  const bits = [...signedHash('compare', thing)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: 8 }, (_, i) => WORDS[parseInt(bits.slice(11 * i, 11 * (i + 1)), 2)]);
};
