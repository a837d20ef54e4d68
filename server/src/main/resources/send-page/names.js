// Names that a file can have on any disk, by the same rules as the program's (LocalNames of the client).

const MOST = 255;
const LONGEST_EXTENSION = 20;
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])$/;
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff/\\:*?"<>|]/u;
const OWN = /^\.cofre-/i;

const length = (name) => new TextEncoder().encode(name).length;

const isPlain = (name) =>
  name !== '' && !OWN.test(name) && !RESERVED.test(name.split('.', 1)[0].trimEnd().toLowerCase());

/** A plain name, as like as possible to one that somebody else chose with whatever intent. */
export const harmless = (wanted) => {
  let name = '';
  for (const c of wanted) {
    const longer = name + (HARMFUL.test(c) ? '_' : c);
    if (length(longer) > MOST - 1) break;
    name = longer;
  }
  name = name.replace(/[. ]+$/, '');
  return isPlain(name) ? name : `_${name}`;
};

const numbered = (name, number) => {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.substring(dot) : '';
  const end = ` (${number})${extension}`;
  const stem = Array.from(name.substring(0, name.length - extension.length));
  while (length(stem.join('') + end) > MOST - 1) stem.pop();
  return harmless(stem.join('') + end);
};

/** Such names for all of these, no two alike on disks that do not tell capital letters apart. */
export const distinct = (wanted) => {
  const taken = new Set();
  return wanted.map((each) => {
    const plain = harmless(each);
    let name = plain;
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = numbered(plain, i);
    taken.add(name.toLowerCase());
    return name;
  });
};

/** A text of one line by somebody else, without what turns it round or breaks it. */
export const shown = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
