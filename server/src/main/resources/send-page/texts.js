// What the page says, in English and in Portuguese.

const en = {
  lang: 'en-GB',
  product: 'Cofre — a send',
  looking: 'Looking at the link…',
  sendsFiles: (sender, count) => (count === 1 ? `${sender} sends you a file` : `${sender} sends you ${count} files`),
  sendsText: (sender) => `${sender} sends you a text`,
  somebody: 'Somebody',
  team: 'Team',
  what: 'What',
  files: (count, size) => `${count === 1 ? '1 file' : `${count} files`}, ${size}`,
  text: (size) => `A text, ${size}`,
  until: 'Until',
  left: 'Openings left',
  unlimited: 'no limit',
  passcode: 'Passcode',
  passcodeHint: 'The sender gives it to you by another way than the link.',
  usesUp: 'Opening it uses up one opening. Looking at this page does not.',
  open: 'Open',
  opening: 'Opening…',
  note: 'Note',
  theText: 'The text',
  copy: 'Copy',
  copied: 'Copied.',
  notCopied: 'The browser did not let it be copied. Select it and copy it yourself.',
  contents: 'Files',
  save: 'Save',
  saveNamed: (name) => `Save ${name}`,
  cancel: 'Cancel',
  cancelNamed: (name) => `Cancel ${name}`,
  saving: (name, percent) => `${name}: ${percent} %`,
  saved: 'Saved and verified',
  savedNamed: (name) => `${name}: saved and verified.`,
  cancelled: 'Cancelled. Nothing was saved.',
  changed: 'The name was changed so that any disk can take it.',
  close: 'Close and wipe',
  closedTitle: 'Closed',
  closed: 'Nothing of it is on this page any more. To open it again, use the link again.',
  idle: 'Nobody was here for ten minutes. Nothing of it is on this page any more; to open it again, use the link again.',
  again: 'Try again',
  safe: 'Decrypted in this browser; the server has no key. But this page comes from the server: who does not want to trust it opens the link with ',
  command: 'cofre receive',
  failures: {
    noKey: ['This link is not whole', 'What follows the # is missing. Copy the whole link from the message you were sent, and open it again.'],
    badLink: ['This link is not whole', 'Something in it is missing or was changed. Copy the whole link from the message you were sent, and open it again.'],
    newer: ['This needs a newer page', 'The send was made by a newer version than this server’s. Ask the sender, or open it with a new cofre receive.'],
    unknown: ['Nothing is here', 'No send opens with this link. Perhaps it was copied wrongly; otherwise ask the sender for a new one.'],
    expired: ['It has expired', 'The time for opening this send is over. Ask the sender for a new link.'],
    ended: ['It was ended', 'The sender or their team ended this send. Ask the sender for a new link.'],
    usedUp: ['It was opened as often as it may be', 'This send has no openings left. If you did not open it, tell the sender. Ask them for a new link.'],
    altered: ['This is not what was sent', 'What the server gave does not fit the link, so nothing was opened. Tell the sender.'],
    offline: ['The server cannot be reached', 'Check the connection. Trying again uses up no other opening.'],
    busy: ['The server cannot answer now', 'Wait a moment. Trying again uses up no other opening.'],
    insecure: ['This browser cannot open it', 'A page can decrypt only over https and in a browser of the last years. Or open the link with cofre receive.'],
    unexpected: ['Something went wrong on this page', 'Load the link again, or open it with cofre receive.'],
  },
  fileFailures: {
    altered: 'This is not what was sent. Nothing was saved; tell the sender.',
    offline: 'The connection broke. Nothing was saved; try again: it uses up no other opening.',
    busy: 'The server cannot answer now. Nothing was saved; try again in a moment.',
    expired: 'Its time is over. Nothing was saved.',
    ended: 'It was ended. Nothing was saved.',
    unknown: 'The server does not have it any more. Nothing was saved.',
    diskFull: 'There is not enough space here. Nothing was saved.',
    tooLarge: 'This browser cannot save so large a file. Use another one, or cofre receive.',
    unexpected: 'It could not be saved.',
  },
  passcodes: {
    passcodeWrong: 'This is not the passcode. Mind capital letters and spaces; after five wrong ones you have to wait, longer each time.',
    passcodePaused: 'Too many passcodes were wrong: none is looked at for a while. Wait some minutes; each wrong one doubles the wait.',
  },
  passcodeMissing: 'Type the passcode.',
};

const pt = {
  lang: 'pt-PT',
  product: 'Cofre — um envio',
  looking: 'A ver a ligação…',
  sendsFiles: (sender, count) => (count === 1 ? `${sender} envia\u2011lhe um ficheiro` : `${sender} envia\u2011lhe ${count} ficheiros`),
  sendsText: (sender) => `${sender} envia\u2011lhe um texto`,
  somebody: 'Alguém',
  team: 'Equipa',
  what: 'O quê',
  files: (count, size) => `${count === 1 ? '1 ficheiro' : `${count} ficheiros`}, ${size}`,
  text: (size) => `Um texto, ${size}`,
  until: 'Até',
  left: 'Aberturas restantes',
  unlimited: 'sem limite',
  passcode: 'Código',
  passcodeHint: 'Quem enviou dá-lho por outra via que não a da ligação.',
  usesUp: 'Abrir gasta uma abertura. Ver esta página não gasta nenhuma.',
  open: 'Abrir',
  opening: 'A abrir…',
  note: 'Nota',
  theText: 'O texto',
  copy: 'Copiar',
  copied: 'Copiado.',
  notCopied: 'O navegador não deixou copiar. Selecione o texto e copie-o.',
  contents: 'Ficheiros',
  save: 'Guardar',
  saveNamed: (name) => `Guardar ${name}`,
  cancel: 'Cancelar',
  cancelNamed: (name) => `Cancelar ${name}`,
  saving: (name, percent) => `${name}: ${percent} %`,
  saved: 'Guardado e verificado',
  savedNamed: (name) => `${name}: guardado e verificado.`,
  cancelled: 'Cancelado. Nada foi guardado.',
  changed: 'O nome foi alterado para que qualquer disco o aceite.',
  close: 'Fechar e limpar',
  closedTitle: 'Fechado',
  closed: 'Já nada do envio está nesta página. Para o abrir outra vez, use outra vez a ligação.',
  idle: 'Ninguém esteve aqui durante dez minutos. Já nada do envio está nesta página; para o abrir outra vez, use outra vez a ligação.',
  again: 'Tentar outra vez',
  safe: 'Decifrado neste navegador; o servidor não tem a chave. Mas esta página vem do servidor: quem não quer confiar nela abre a ligação com ',
  command: 'cofre receive',
  failures: {
    noKey: ['A ligação não está completa', 'Falta o que vem depois do #. Copie toda a ligação da mensagem que recebeu e abra-a outra vez.'],
    badLink: ['A ligação não está completa', 'Falta alguma coisa, ou foi alterada. Copie toda a ligação da mensagem que recebeu e abra-a outra vez.'],
    newer: ['É precisa uma página mais recente', 'O envio foi feito por uma versão mais recente do que a deste servidor. Fale com quem o enviou, ou abra-o com um cofre receive novo.'],
    unknown: ['Aqui não há nada', 'Nenhum envio se abre com esta ligação. Talvez tenha sido mal copiada; se não, peça uma nova a quem a enviou.'],
    expired: ['O envio expirou', 'Passou o prazo para o abrir. Peça uma nova ligação a quem o fez.'],
    ended: ['O envio foi terminado', 'Quem o fez, ou a sua equipa, terminou-o. Peça uma nova ligação a quem o fez.'],
    usedUp: ['O envio já foi aberto todas as vezes que podia', 'Não lhe restam aberturas. Se não foi você que o abriu, avise quem o fez. Peça-lhe uma nova ligação.'],
    altered: ['Isto não é o que foi enviado', 'O que o servidor deu não condiz com a ligação, por isso nada foi aberto. Avise quem o enviou.'],
    offline: ['Não se consegue chegar ao servidor', 'Veja se há rede. Tentar outra vez não gasta outra abertura.'],
    busy: ['O servidor não pode responder agora', 'Espere um momento. Tentar outra vez não gasta outra abertura.'],
    insecure: ['Este navegador não o pode abrir', 'Uma página só pode decifrar por https e num navegador dos últimos anos. Ou abra a ligação com cofre receive.'],
    unexpected: ['Alguma coisa correu mal nesta página', 'Abra outra vez a ligação, ou use cofre receive.'],
  },
  fileFailures: {
    altered: 'Isto não é o que foi enviado. Nada foi guardado; avise quem o enviou.',
    offline: 'A rede falhou. Nada foi guardado; tente outra vez: não gasta outra abertura.',
    busy: 'O servidor não pode responder agora. Nada foi guardado; tente outra vez daqui a um momento.',
    expired: 'O prazo passou. Nada foi guardado.',
    ended: 'O envio foi terminado. Nada foi guardado.',
    unknown: 'O servidor já não o tem. Nada foi guardado.',
    diskFull: 'Não há aqui espaço que chegue. Nada foi guardado.',
    tooLarge: 'Este navegador não pode guardar um ficheiro tão grande. Use outro, ou cofre receive.',
    unexpected: 'Não foi possível guardá-lo.',
  },
  passcodes: {
    passcodeWrong: 'Este não é o código. Atenção às maiúsculas e aos espaços; depois de cinco errados é preciso esperar, cada vez mais.',
    passcodePaused: 'Houve demasiados códigos errados: durante algum tempo nenhum é aceite. Espere alguns minutos; cada código errado duplica a espera.',
  },
  passcodeMissing: 'Escreva o código.',
};

/** The texts in the first language of these that there is. */
export const textsFor = (languages) => {
  const known = languages.map((each) => each.toLowerCase().split('-')[0]).find((each) => each === 'pt' || each === 'en');
  return known === 'pt' ? pt : en;
};

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A number of bytes for people, as in 1.5 MB. */
export const size = (texts, bytes) => {
  let unit = 0;
  let number = bytes;
  for (; number >= 1000 && unit < UNITS.length - 1; unit++) number /= 1000;
  const form = { style: 'unit', unit: UNITS[unit], unitDisplay: unit === 0 ? 'long' : 'short', maximumFractionDigits: number < 10 ? 1 : 0 };
  return new Intl.NumberFormat(texts.lang, form).format(number);
};

/** A moment in milliseconds for people, in the time of where they are. */
export const moment = (texts, milliseconds) => {
  try {
    return new Intl.DateTimeFormat(texts.lang, { dateStyle: 'long', timeStyle: 'short' }).format(milliseconds);
  } catch {
    return '—';
  }
};
