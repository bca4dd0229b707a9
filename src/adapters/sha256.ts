import { createHash } from 'node:crypto';
import type { TextDigest } from '../domain/connectors/plan-hash.ts';

export const sha256: TextDigest = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
