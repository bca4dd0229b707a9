// Writes cases.jsonl: patterns of the grammar that javaToJavaScript takes, and some beyond it, by a seeded chance.
// node generate-cases.mjs [count] [seed] > cases.jsonl, then: java JavaMatches.java < cases.jsonl > golden.jsonl
const [count = 1500, seed = 7] = process.argv.slice(2).map(Number);
let state = seed >>> 0;
const chance = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const pick = (items) => items[chance(items.length)];
const CHARACTERS = [
  'a',
  'b',
  'c',
  '-',
  '_',
  '1',
  '\\.',
  '\\-',
  ' ',
  'é',
  '\u{1F600}',
  '\\x61',
  '\\u0062',
  '\\n',
  ']',
  '}',
  '\\_',
  ':',
  '/',
];
const CLASSES = [
  '.',
  '\\d',
  '\\w',
  '\\s',
  '\\D',
  '\\W',
  '\\S',
  '[ab]',
  '[^ab]',
  '[a-c]',
  '[\\w-]',
  '[^\\d_]',
  '[]a]',
  '[a\\]]',
  '[.$]',
  '[-a]',
  '[\\-a\\\\]',
  '[^-]',
  '[é\u{1F600}]',
  '[&a]',
  '[a-c1-3]',
  '[^\\s]',
  '[^\\w.]',
  '[\\x61-\\x63]',
];
const REPEATS = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,}', '{0,2}', '{1,2}?'];
const BOUNDED = ['?', '{2}', '{0,2}', '??'];
const BEYOND = [
  '\\b',
  '\\B',
  '(?i)',
  '(?i:a)',
  '\\h',
  '\\R',
  '\\p{L}',
  '[a[b]]',
  '[a&&b]',
  '(?>a|ab)',
  'a++',
  'a*+',
  '\\Z',
  '\\G',
  '\\cA',
  '\\0101',
  '\\10',
  '(?x) a',
  '{',
  'a{,2}',
  '\\e',
  '\\A',
  '\\z',
  '[a-\\d]',
  '[\\Qab\\E]',
  '[b-]',
  '[a-b-c]',
  '(?=a)*',
  '^*',
  '(a)?\\1',
  '(?:(a)|b)\\1',
  '\\2(a)(b)',
  '(?<=a+)b',
  '\\k<x>',
  '(?<x>a)\\k<x>',
  '(?<x>a)(?<x>b)',
];
let groups = 0;

function piece(depth, isBehind) {
  const kind = chance(depth > 0 ? 22 : 13);
  if (kind < 8) return pick(CHARACTERS);
  if (kind < 11) return pick(CLASSES);
  if (kind === 11) return pick(['^', '$', '\\Qa.b\\E', '\\Q-\\E', 'abc', 'a.b']);
  if (kind === 12) return groups > 0 && !isBehind ? `\\${1 + chance(groups)}` : pick(CHARACTERS);
  if (kind < 15) {
    const inner = sequence(depth - 1, isBehind);
    groups += 1;
    return `(${inner})`;
  }
  if (kind < 17) return `(?:${sequence(depth - 1, isBehind)})`;
  if (kind === 17) return `(?=${sequence(depth - 1, isBehind)})`;
  if (kind < 20) return `(?!${sequence(depth - 1, isBehind)})`;
  return `(?<${pick(['=', '!'])}${sequence(depth - 1, true)})`;
}

function sequence(depth, isBehind) {
  const length = 1 + chance(4);
  let text = '';
  for (let i = 0; i < length; i++) {
    const one = piece(depth, isBehind);
    const isPlace = /^(?:[\^$]$|\(\?[=!<])/.test(one);
    text += one + (!isPlace && chance(3) === 0 ? pick(isBehind ? BOUNDED : REPEATS) : '');
    if (chance(9) === 0) text += '|';
  }
  return text;
}

for (const text of BEYOND) console.log(JSON.stringify(text));
for (let i = BEYOND.length; i < count; i++) {
  groups = 0;
  let text = sequence(3, false);
  if (chance(25) === 0) text = `${pick(BEYOND)}${text}`;
  if (chance(4) === 0) text = `.*${text}.*`;
  console.log(JSON.stringify(text.replaceAll('\u0000', '')));
}
