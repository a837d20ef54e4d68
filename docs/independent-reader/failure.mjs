// How this reader says no. Nothing that is refused is ever passed on.

/** Something is not what was signed or sealed, or not of the form; `kind` is one of the words of format.md. */
export class Refusal extends Error {
  constructor(kind, message) {
    super(`${kind}: ${message}`);
    this.kind = kind;
  }
}

/** What does not open, or differs from what was signed. */
export const tampered = (message) => {
  throw new Refusal('tampered', message);
};

/** What opens, or was signed, and is not of the form. */
export const malformed = (message) => {
  throw new Refusal('malformed', message);
};

/** An entry or a commit that breaks a rule of protocol.md. */
export const invalid = (message) => {
  throw new Refusal('invalid', message);
};

/** A version, kind or choice that version 1 does not have. */
export const updateNeeded = (message) => {
  throw new Refusal('update needed', message);
};

/** Runs `read`, and says of what it refuses where it stood. */
export const at = (place, read) => {
  try {
    return read();
  } catch (refusal) {
    if (refusal instanceof Refusal) refusal.message = `${place}: ${refusal.message}`;
    throw refusal;
  }
};
