#!/usr/bin/env node
// Opens the committed vectors: node testkit.mjs DIRECTORY. Says which do not come out as they should.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from './cbor.mjs';
import { publicOf } from './ed25519.mjs';
import { Refusal, tampered } from './failure.mjs';
import { openPrevious, openWrap } from './keys.mjs';
import { readKit } from './kit.mjs';
import { sha256, signatureHolds, signedHash } from './labels.mjs';
import { compareWords, readJoinLink, readPairLink } from './links.mjs';
import { decodeRecord, open, openContent, reading, unpad } from './sealing.mjs';
import { channelOf, signed } from './structures.mjs';
import * as xwing from './xwing.mjs';

const KINDS = {
  content: ({ key, context, length, sha256: hash }, body) =>
    Buffer.concat([...openContent(key, context, Number(length), hash, reading(body))]),
  record: ({ key, context }, body) => unpad(open(key, context, body)),
  wrap: ({ key }, body) => xwing.unwrap(key, body),
  secret: ({ key, context }, body) => xwing.openWrapped(xwing.keyPair(key), context, body),
  channel: (header, body) => {
    const thing = decode(signed, body);
    const channel = channelOf(thing);
    if (!signatureHolds('channel', thing, header.device)) tampered('a channel that its device did not sign');
    const secret = xwing.channelSecret(xwing.keyPair(header.key), channel);
    const id = signedHash('channel', thing);
    return Buffer.concat([secret, openWrap(secret, id, header.revision, header.record, header.wrap)]);
  },
  previous: ({ key, team, member, previous }, body) => {
    const seed = openPrevious(key, team, member, previous, xwing.keyPair(key).hash, body);
    return xwing.keyPair(seed).hash.equals(previous) ? seed : tampered('a seed of another key');
  },
  kit: (_, body) => {
    const kit = readKit(body.toString());
    const receiving = xwing.keyPair(kit.encryptionSeed).publicKey;
    return Buffer.concat([kit.device, publicOf(kit.signingSeed), receiving, kit.team, kit.head.hash]);
  },
  'join link': (_, body) => {
    const link = readJoinLink(body.toString());
    return Buffer.concat([link.team, link.head.hash, link.inviter, link.invite, link.key]);
  },
  'pair link': ({ message }, body) => {
    const link = readPairLink(body.toString());
    return Buffer.concat([link.relay, link.open(message).payload]);
  },
  words: (_, body) => Buffer.from(compareWords(decode(signed, body)).join(' ')),
  fields: (_, body) => {
    const record = decodeRecord(body);
    return record.kind === 'name' ? Buffer.from(record.name) : Buffer.concat([Buffer.from(record.path), record.contentKey]);
  },
};

const TEXTS = new Set(['expect', 'kind', 'length']);

const headerOf = (lines) =>
  Object.fromEntries(
    lines.split('\n').map((line) => {
      const [name, value] = line.split(': ');
      return [name, TEXTS.has(name) ? value : Buffer.from(value ?? '', 'hex')];
    }),
  );

const outcomeOf = (header, body) => {
  try {
    return sha256(KINDS[header.kind](header, body)).equals(header.sha256) ? 'success' : 'another plaintext';
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.kind;
    throw refusal;
  }
};

const [directory] = process.argv.slice(2);
const counts = {};
let wrong = 0;
for (const name of readdirSync(directory).sort()) {
  const text = readFileSync(join(directory, name), 'utf8');
  const split = text.indexOf('\n\n');
  const header = headerOf(text.slice(0, split));
  const outcome = outcomeOf(header, Buffer.from(text.slice(split), 'base64'));
  counts[header.kind] = (counts[header.kind] ?? 0) + 1;
  if (outcome !== header.expect) {
    process.stdout.write(`${name}: ${header.expect} expected, ${outcome} found\n`);
    wrong++;
  }
}
process.stdout.write(`${Object.entries(counts).map(([kind, count]) => `${count} ${kind}`).join(', ')}; ${wrong} wrong\n`);
process.exitCode = wrong === 0 && Object.keys(counts).length > 0 ? 0 : 1;
