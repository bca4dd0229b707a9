/**
 * How the groups that were asked for are shared out: by what the gate says of them where it was asked, else by where their
 * offsets stand. Those that nobody asked for are in the table alone, as in the totals.
 */
import { READINESS } from '../../../domain/cutover/group-readiness.ts';
import type { ReportModel } from '../../report-model.ts';
import type { GroupStanding, Totals } from '../../totals.ts';
import { READINESS_WORDS, STANDING_WORDS } from '../../words.ts';
import { READINESS_TONES, type Tone } from '../page-words.ts';
import type { Share } from '../plots/share-bar.ts';

const STANDING_TONES: Readonly<Record<GroupStanding, Tone>> = {
  failed: 'bad',
  skipped: 'warn',
  pending: 'wait',
  planned: 'info',
  synced: 'good',
  unselected: 'none',
};

export function groupShares({ readiness }: ReportModel, { groups }: Totals): readonly Share[] {
  if (readiness.length > 0) {
    return READINESS.filter((verdict) => verdict !== 'not-asked').map((verdict) => ({
      tone: READINESS_TONES[verdict],
      label: READINESS_WORDS[verdict].label,
      number: readiness.filter((group) => group.verdict === verdict).length,
    }));
  }
  const standings = ['synced', 'planned', 'pending', 'skipped', 'failed'] as const;
  return standings.map((standing) => ({
    tone: STANDING_TONES[standing],
    label: STANDING_WORDS[standing].label,
    number: groups[standing],
  }));
}
