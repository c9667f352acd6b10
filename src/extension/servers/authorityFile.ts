import { l10n, window, workspace } from 'vscode';
import { readCertificates } from '../adapters/pemFile.ts';

/** A bundle of all public authorities has some 200 KB. */
const MOST_BYTES = 1024 * 1024;

/**
 * Asks for a file of authorities and gives the certificates in it: the file itself may go away or move. Undefined
 * when dismissed or when there is no certificate in it, which is said.
 */
export async function pickAuthorityFile(): Promise<readonly string[] | undefined> {
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t('CA File for This Server'),
      openLabel: l10n.t('Use CA File'),
      filters: { [l10n.t('Certificates')]: ['pem', 'crt', 'cer', 'der'], [l10n.t('All files')]: ['*'] },
    })) ?? [];
  if (!file) return undefined;
  const { size } = await workspace.fs.stat(file);
  const certificates = size > MOST_BYTES ? [] : readCertificates(await workspace.fs.readFile(file));
  if (certificates.length > 0) return certificates;
  await window.showErrorMessage(
    l10n.t(
      'There is no certificate in {0}. Ask for the authority of the district as a PEM file: it has the line BEGIN CERTIFICATE in it.',
      file.path.split('/').at(-1) ?? file.path,
    ),
  );
  return undefined;
}
