// The word list: format.md section 9.

import { sha256, hex } from './labels.mjs';

const CONSONANTS = 'bdfgjklmnprstvxz';
const VOWELS = 'aeiou';
const LEFT_OUT = new Set(
  `dike faga fage fagi fago fagu foda fode fodi fodo fodu kaga kago kagu kaka kike kona kono kuka kuko mija mijo naza
   nazi niga nige nigo peda pede pedo pila pilo pipi popo puta pute puti puto rabo rape teta xixi xota`.split(/\s+/),
);
const LIST_HASH = 'e2ec0a39b0d49193ba932abc4edc3561dd58f0d3094215610c3cdf6808c4c221';

const pairs = [...CONSONANTS].flatMap((consonant) => [...VOWELS].map((vowel) => consonant + vowel));

/** 2048 words, numbered from 0. */
export const WORDS = pairs
  .flatMap((first) => pairs.map((second) => first + second))
  .filter((word) => !LEFT_OUT.has(word))
  .filter((_, i) => i % 3 === 0)
  .slice(0, 2048);

if (hex(sha256(Buffer.from(WORDS.map((word) => `${word}\n`).join('')))) !== LIST_HASH) {
  throw new Error('the word list is not that of the document');
}
