/** A path is one line without `=`; everything else is the text of the properties itself. */
export function isInlineProperties(text: string): boolean {
  return text.includes('\n') || text.includes('=');
}
