/**
 * What went wrong, by the name of the text that says so (texts.js). Nothing that was read is shown after one of these, but for `again`: the same
 * may go through when it is tried once more.
 */
export class Failure extends Error {
  constructor(what, again = false) {
    super(what);
    this.what = what;
    this.again = again;
  }
}

/** What does not open, or is not what the link was made for. */
export const altered = () => new Failure('altered');

/** What a newer release of Cofre wrote. */
export const newer = () => new Failure('newer');
