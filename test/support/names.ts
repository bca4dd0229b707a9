import { randomBytes } from 'node:crypto';

/** A name that no other test file, nor an earlier run on the same bed, has used: `orders-3fa9c1`. */
export function ownName(prefix: string): string {
  return `${prefix}-${randomBytes(3).toString('hex')}`;
}
