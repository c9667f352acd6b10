import { nearestName } from '../../schema/nearestName.ts';
import { changeTo } from '../../schema/structureFixes.ts';
import { inItsCase, pagesOf } from './mappedPageMissing.ts';
import type { PackageRule } from './packageRule.ts';

export const catalogPageMissing: PackageRule = {
  code: 'PS488',
  check(subject, report) {
    const pages = pagesOf(subject);
    const folders = new Set([...pages].map((page) => page.slice(0, page.lastIndexOf('/') + 1)));
    for (const { file, content } of subject.catalogs) {
      for (const { pageUrl, member } of content.pages) {
        const address = (pageUrl ?? '').toLowerCase().replace(/[?#~].*$/, '');
        const folder = address.slice(0, address.lastIndexOf('/') + 1);
        const url = member('pageURL');
        if (url?.value === undefined || folder.split('/').length < 4 || !folders.has(folder) || pages.has(address))
          continue;
        const near = nearestName(address, pages);
        const page = near === undefined ? '' : inItsCase(near, subject);
        // what follows the page stays
        const start = url.value.start + 1;
        const edits = [{ range: { start, end: start + address.length }, text: page }];
        const fixes = page === '' ? [] : [{ title: changeTo(page), automatic: false, edits }];
        report(file, { start: url.start, end: url.value.end }, [address], fixes);
      }
    }
  },
};
