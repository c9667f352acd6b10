import { pageAddress } from '../../package/packageLayout.ts';
import type { PluginPackage } from '../../package/pluginPackage.ts';
import { nearestName } from '../../schema/nearestName.ts';
import { setValue } from '../../schema/structureFixes.ts';
import type { PackageRule } from './packageRule.ts';

export const mappedPageMissing: PackageRule = {
  code: 'PS352',
  check(subject, report) {
    const pages = pagesOf(subject);
    const folders = new Set([...pages].map((page) => page.slice(0, page.lastIndexOf('/') + 1)));
    for (const { file, content } of subject.mappings) {
      for (const { element, page } of content.permissions) {
        const address = page.toLowerCase().replace(/[?#].*$/, '');
        const folder = address.slice(0, address.lastIndexOf('/') + 1);
        // folders such as /admin/ hold PowerSchool's own pages too
        if (folder.split('/').length < 4 || !folders.has(folder) || pages.has(address)) continue;
        const name = element.attribute('name');
        const near = name === undefined ? undefined : nearestName(address, pages);
        const fixes = name === undefined || near === undefined ? [] : [setValue(name, inItsCase(near, subject))];
        report(file, name ?? { start: element.start, end: element.startTagEnd }, [page], fixes);
      }
    }
  },
};

/** An address as the package writes it. */
export function inItsCase(address: string, { paths }: PluginPackage): string {
  return paths.map(pageAddress).find((page) => page.toLowerCase() === address) ?? address;
}

/** Addresses of all files of WEB_ROOT, in lower case. */
export function pagesOf({ paths }: PluginPackage): Set<string> {
  return new Set(paths.filter((path) => /^web_root\//i.test(path)).map((path) => pageAddress(path).toLowerCase()));
}
