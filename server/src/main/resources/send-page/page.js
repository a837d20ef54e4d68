// The page of a send: what it shows, and when. It shows texts of others in text nodes only, and keeps nothing.

import { Failure } from './failure.js';
import { distinct, shown } from './names.js';
import { save, tidy } from './saving.js';
import { Send } from './send.js';
import { moment, size, textsFor } from './texts.js';

const IDLE = 10 * 60_000;
const texts = textsFor(navigator.languages);
const main = document.querySelector('main');
const live = document.getElementById('live');

let send = null;
let saves = [];
let idle = 0;

/** An element with properties, attributes (their names have a hyphen, or are `role` and `dir`) and children. */
const el = (tag, properties, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role' || name === 'dir') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null));
  return element;
};

/** Says something to whoever listens, as long as there is a send here. */
const say = (text) => {
  live.textContent = send ? text : '';
};

const show = (title, ...children) => {
  const heading = el('h1', { tabIndex: -1 }, title);
  main.replaceChildren(heading, ...children);
  document.title = texts.product;
  main.removeAttribute('aria-busy');
  heading.focus();
};

const button = (text, className, act) => el('button', { type: 'button', className, onclick: act }, text);

const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, el('bdi', {}, value)));

/** Forgets keys and contents. */
const wipe = () => {
  saves.forEach((saving) => saving.abort());
  saves = [];
  send?.wipe();
  send = null;
  clearTimeout(idle);
};

const close = (why) => {
  wipe();
  say('');
  show(texts.closedTitle, el('p', {}, why));
};

const stir = () => {
  clearTimeout(idle);
  if (send) idle = setTimeout(() => (saves.length > 0 ? stir() : close(texts.idle)), IDLE);
};

const fail = (error, again) => {
  const what = error instanceof Failure ? error.what : 'unexpected';
  const [title, next] = texts.failures[what] ?? texts.failures.unexpected;
  const repeat = error.again ? button(texts.again, 'primary', again) : null;
  if (!repeat) wipe();
  say('');
  show(title, el('p', { role: 'alert' }, next), ...(repeat ? [el('p', { className: 'actions' }, repeat)] : []));
};

const look = async () => {
  main.setAttribute('aria-busy', 'true');
  main.replaceChildren(el('p', { className: 'quiet' }, texts.looking));
  const mine = send;
  try {
    const state = await mine.look();
    if (send === mine) offer(state);
  } catch (error) {
    if (send === mine) fail(error, look);
  }
};

const title = (state) => {
  const sender = shown(state.sender) || texts.somebody;
  return state.files === 0 ? texts.sendsText(sender) : texts.sendsFiles(sender, state.files);
};

/** What can be known before it is opened. */
const offer = (state) => {
  const bytes = size(texts, state.bytes);
  const facts = el(
    'dl',
    {},
    state.team ? fact(texts.team, shown(state.team)) : null,
    fact(texts.what, state.files === 0 ? texts.text(bytes) : texts.files(state.files, bytes)),
    fact(texts.until, moment(texts, state.expires)),
    fact(texts.left, state.left === null ? texts.unlimited : String(state.left)),
  );
  const act = el('button', { type: 'submit', className: 'primary' }, texts.open);
  const error = el('p', { id: 'objection', className: 'error', role: 'alert' });
  const input = el('input', {
    id: 'passcode',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: false,
    'aria-describedby': 'passcode-hint objection',
  });
  const form = el(
    'form',
    { noValidate: true },
    ...(state.passcode
      ? [
          el('label', { htmlFor: 'passcode' }, texts.passcode),
          el('p', { id: 'passcode-hint', className: 'quiet' }, texts.passcodeHint),
          input,
        ]
      : []),
    error,
    el('p', { className: 'actions' }, act),
    state.left === null ? null : el('p', { className: 'quiet' }, texts.usesUp),
  );
  const object = (objection, again) => {
    error.textContent = objection;
    act.textContent = again ? texts.again : texts.open;
    if (again || !state.passcode) return act.focus();
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (act.ariaDisabled === 'true') return;
    if (state.passcode && input.value === '') return object(texts.passcodeMissing, false);
    error.textContent = '';
    input.removeAttribute('aria-invalid');
    act.ariaDisabled = 'true';
    act.textContent = texts.opening;
    say(texts.opening);
    const mine = send;
    try {
      const manifest = await mine.open(state.passcode ? input.value : null);
      input.value = '';
      if (send === mine) present(state, manifest);
    } catch (refused) {
      if (send !== mine) return;
      say('');
      act.ariaDisabled = 'false';
      if (refused.again) object(texts.failures[refused.what][1], true);
      else if (texts.passcodes[refused.what]) object(texts.passcodes[refused.what], false);
      else fail(refused);
    }
  };
  show(title(state), facts, form);
  stir();
};

const present = (state, manifest) => {
  const note = manifest.note
    ? el('section', { 'aria-labelledby': 'note' }, el('h2', { id: 'note' }, texts.note), el('p', { className: 'free', dir: 'auto' }, manifest.note))
    : null;
  const what = manifest.text === null ? files(manifest) : text(manifest.text);
  const done = button(texts.close, 'secondary', () => close(texts.closed));
  show(title(state), ...[note, what].filter((part) => part !== null), el('p', { className: 'actions' }, done));
  say('');
  stir();
};

const text = (content) => {
  const said = el('p', { className: 'quiet', role: 'status' });
  const copy = button(texts.copy, 'primary', async () => {
    said.textContent = await navigator.clipboard.writeText(content).then(
      () => texts.copied,
      () => texts.notCopied,
    );
  });
  return el(
    'section',
    { 'aria-labelledby': 'text' },
    el('h2', { id: 'text' }, texts.theText),
    el('pre', { tabIndex: 0, dir: 'auto', 'aria-labelledby': 'text', role: 'group' }, content),
    el('p', { className: 'actions' }, copy),
    said,
  );
};

const files = (manifest) => {
  const names = distinct(manifest.files.map((file) => file.name));
  const rows = manifest.files.map((file, i) => row(file, names[i]));
  return el(
    'section',
    { 'aria-labelledby': 'files' },
    el('h2', { id: 'files' }, texts.contents),
    el('ul', { className: 'files' }, ...rows),
  );
};

const row = (file, name) => {
  const bar = el('progress', { max: 1, value: 0, hidden: true, 'aria-label': name });
  const said = el('p', { className: 'quiet' });
  const act = button(texts.save, 'secondary', () => (running ? running.abort() : start()));
  let running = null;
  const turn = (controller) => {
    running = controller;
    bar.hidden = controller === null;
    bar.value = 0;
    act.textContent = controller ? texts.cancel : texts.save;
    act.ariaLabel = controller ? texts.cancelNamed(name) : texts.saveNamed(name);
  };
  const moved = (done) => {
    const quarter = Math.floor((4 * done) / file.size);
    if (quarter > Math.floor(4 * bar.value) && quarter < 4) say(texts.saving(name, 25 * quarter));
    bar.value = file.size === 0 ? 1 : done / file.size;
  };
  const start = async () => {
    const controller = new AbortController();
    saves.push(controller);
    said.className = 'quiet';
    said.textContent = '';
    turn(controller);
    try {
      await save(name, file.size, send.content(file, controller.signal), moved);
      said.textContent = texts.saved;
      say(texts.savedNamed(name));
    } catch (error) {
      const given = controller.signal.aborted || error.name === 'AbortError';
      said.textContent = given ? texts.cancelled : (texts.fileFailures[error.what] ?? texts.fileFailures.unexpected);
      said.className = given ? 'quiet' : 'error';
      say(`${name}: ${said.textContent}`);
    }
    controller.abort();
    saves = saves.filter((each) => each !== controller);
    turn(null);
    stir();
  };
  turn(null);
  const label = el('div', { className: 'name' }, el('bdi', {}, name), el('span', { className: 'quiet' }, size(texts, file.size)));
  const changed = name === file.name ? null : el('p', { className: 'quiet' }, texts.changed);
  return el('li', {}, label, act, changed, bar, said);
};

const begin = () => {
  document.documentElement.lang = texts.lang;
  document.getElementById('safe').replaceChildren(texts.safe, el('code', {}, texts.command), '.');
  const { pathname, hash } = location;
  history.replaceState(null, '', pathname);
  if (!window.isSecureContext || !crypto.subtle) return fail(new Failure('insecure'));
  try {
    send = new Send(pathname, hash);
  } catch (error) {
    return fail(error);
  }
  tidy();
  look();
};

for (const event of ['pointerdown', 'keydown', 'scroll']) addEventListener(event, stir, { passive: true });
addEventListener('pagehide', () => close(texts.closed));
addEventListener('hashchange', () => location.hash && location.reload());
begin();
