/** What a list does not show, and where it is. */
import { plural } from '../format.ts';
import { type Markup, md } from './markdown.ts';

export const WHOLE_REPORT = 'report.html and report.json';

/** Nothing where nothing is missing. */
export function leftOut(number: number, one: string, many?: string): Markup[] {
  return number > 0 ? [md`${plural(number, one, many)} more in ${WHOLE_REPORT}.`] : [];
}
