// biome-ignore-all lint/suspicious/noTemplateCurlyInString: forms of references, as they are written
/** Texts that stand in the place of a value, and that nobody has replaced or will resolve. */

/** Whole values that templates use; a user may well be called `user`, so that only shouted words count. */
const TOKEN_WORDS =
  /^(?:[A-Z]+_)*(?:USERNAME|USER|PASSWORD|PASSWD|SECRET|BROKERS?|BOOTSTRAP|SERVERS?|ADDRESS(?:ES)?|HOSTS?|GROUP|REGION|ALIAS|TOKEN)(?:_[A-Z]+)*(?::\d+)?$/;
/** Elsewhere such a word may well be meant: an alias may be REGION_A. */
const TOKEN_KEYS = /password|secret|jaas|token|user|bootstrap\.servers|^group\.id$|\.location$/i;
const TOKEN_SHAPES = [
  /^<[^<>]+>$/,
  /<(?:[A-Za-z][\w .-]*)>/,
  /(?<!\$)\{(?=[^{}:]*[A-Z])[A-Z][A-Z0-9 _-]*\}/,
  /\bREPLACE[_-]?(?:ME|THIS|WITH)?\b/i,
  /\bCHANGE[_-]ME\b/i,
  /\bTODO\b/,
  /\bFIXME\b/,
  /\bYOUR[_-][A-Za-z]/i,
  /\bX{4,}\b/,
];
/** Patterns and templates of transforms have braces, brackets and dollars of their own. */
const FREE_TEXT =
  /^(?:transforms|predicates)\.|(?:^|\.)(?:topics|groups|config\.properties)(?:\.exclude|\.blacklist)?$|\.(?:regex|replacement|pattern)$/;

/** @param text a value, or an option of a JAAS text */
export function isUnreplaced(key: string, text: string): boolean {
  if (TOKEN_WORDS.test(text)) return TOKEN_KEYS.test(key);
  if (FREE_TEXT.test(key)) return /^(?:<[^<>]+>|TODO|REPLACE_ME)$/.test(text);
  return TOKEN_SHAPES.some((shape) => shape.test(text));
}

interface Form {
  readonly shape: RegExp;
  readonly name: string;
  /** Where a bare dollar is a common character, only these keys are looked at. */
  readonly only?: RegExp;
}

const FORMS: readonly Form[] = [
  { shape: /\$\{\{[\s\S]*?\}\}/, name: '${{ … }} (GitHub Actions)' },
  { shape: /\{\{[\s\S]*?\}\}/, name: '{{ … }} (a template)' },
  { shape: /\$\{[^}:]*\}/, name: '${NAME} without a provider' },
  { shape: /\$\([A-Za-z_]\w*\)/, name: '$(NAME)' },
  { shape: /%[A-Z_]{3,}%/, name: '%NAME%' },
  {
    shape: /(?:^|[="'\s,])\$[A-Za-z_]\w{2,}/,
    name: '$NAME',
    only: /password|jaas|secret|token|user|bootstrap\.servers|alias|location$/i,
  },
];

/** How the reference is written, without its name; null when there is none, or Connect resolves it. */
export function foreignReference(key: string, value: string): string | null {
  if (FREE_TEXT.test(key)) return null;
  const form = FORMS.find(({ shape, only }) => (only === undefined || only.test(key)) && shape.test(value));
  return form?.name ?? null;
}
