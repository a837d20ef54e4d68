#!/usr/bin/env node
// Opens the committed vectors: node testkit.mjs DIRECTORY. Says which do not come out as they should.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './failure.mjs';
import { sha256 } from './labels.mjs';
import { open, openContent, reading, unpad } from './sealing.mjs';
import * as xwing from './xwing.mjs';

const KINDS = {
  content: ({ key, context, length, sha256: hash }, body) =>
    Buffer.concat([...openContent(key, context, Number(length), hash, reading(body))]),
  record: ({ key, context }, body) => unpad(open(key, context, body)),
  wrap: ({ key }, body) => xwing.unwrap(key, body),
  secret: ({ key, context }, body) => xwing.openWrapped(xwing.keyPair(key), context, body),
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
