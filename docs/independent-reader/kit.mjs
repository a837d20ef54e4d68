// The recovery kit's code: format.md section 10.

import { malformed } from './failure.mjs';
import { context, expand, sha256 } from './labels.mjs';
import { WORDS } from './words.mjs';

const HASH = '((?:[0-9a-f]{8}\\s+){7}[0-9a-f]{8})';
const PLACE = new RegExp(`(?<![0-9a-z])${HASH}\\s*#\\s*(\\d{1,18})\\s+${HASH}(?![0-9a-z])`);
const NUMBERED = /(?<![0-9a-z])\d{1,2}[.):]\s*([a-z]{4})(?![0-9a-z])/g;
const ALONE = /(?<![0-9a-z])[a-z]{4}(?![0-9a-z])/g;

const secretOf = (code) => {
  let words = [...code.matchAll(NUMBERED)].map((match) => match[1]);
  if (words.length === 0) words = [...code.matchAll(ALONE)].map((match) => match[0]).filter((w) => WORDS.includes(w));
  const numbers = words.map((word) => WORDS.indexOf(word));
  if (numbers.length !== 24) malformed(`a kit has 24 words, here are ${numbers.length}`);
  if (numbers.includes(-1)) malformed('a word that is not in the list');
  const bits = numbers.map((number) => number.toString(2).padStart(11, '0')).join('');
  const spelled = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const secret = spelled.subarray(0, 32);
  if (sha256(secret)[0] !== spelled[32]) malformed('these are not the words of a kit: one is mistyped or out of place');
  return secret;
};

/** What a kit's code says and the device that it is. */
export const readKit = (entered) => {
  const code = entered.toLowerCase();
  const place = code.match(PLACE);
  if (place === null) malformed('the code has two rows of eight groups, the second behind `#` and a number');
  const [team, hash] = [place[1], place[3]].map((groups) => Buffer.from(groups.replace(/\s/g, ''), 'hex'));
  const secret = secretOf(code);
  const derived = (n, length) => expand('sha256', secret, context('recovery kit', team, Buffer.from([n])), length);
  return {
    team,
    head: { seq: Number(place[2]), hash },
    device: derived(1, 16),
    signingSeed: derived(2, 32),
    encryptionSeed: derived(3, 32),
  };
};
