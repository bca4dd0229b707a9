import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { fullReport, report } from '../build-report.ts';

function page(model: ReportModel, options: Partial<Parameters<typeof renderHtml>[1]> = {}): string {
  return Array.from(renderHtml(model, { label: 'default', runUrl: null, ...options }).chunks).join('');
}

describe('the page', () => {
  test('opens with the verdict, names its label and links the run', () => {
    const text = page(fullReport(), { label: 'orders-eu', runUrl: 'https://github.com/o/r/actions/runs/1' });
    expect(text).toContain('<h1>Offset sync partly failed <span class="label">orders-eu</span></h1>');
    expect(text).toContain('<a href="https://github.com/o/r/actions/runs/1"');
  });

  test('links nothing that is no address of the web', () => {
    expect(page(report(), { runUrl: 'javascript:alert(1)' })).not.toContain('javascript:');
  });
});
