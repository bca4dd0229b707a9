import { readFileSync } from 'node:fs';
import type { FileText } from '../../inputs/file-text.ts';
import { decodeText } from './text-encoding.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a folder, not a file',
  ENOTDIR: 'no such file',
  EACCES: 'no permission to read it',
};

/** A whole UTF-8 file, without a byte order mark, or in a few words why it cannot be read. */
export function readTextFile(path: string): FileText {
  const file = readBytes(path);
  if ('error' in file) return file;
  const decoded = decodeText(file.bytes);
  return 'text' in decoded ? decoded : { error: `${decoded.encoding}: save it as UTF-8` };
}

/** As `readTextFile`, for what is no text. */
export function readBytes(path: string): { readonly bytes: Buffer } | { readonly error: string } {
  try {
    return { bytes: readFileSync(path) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return { error: REASONS[code] ?? (code === '' ? 'unreadable' : code) };
  }
}
