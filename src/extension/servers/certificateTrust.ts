import { ProgressLocation, l10n, window } from 'vscode';
import type { CertificateFacts } from '../../core/http/certificateProbe.ts';
import { readServerCertificate } from '../../core/powerschool/certificateFacts.ts';
import type { Server } from '../../core/powerschool/server.ts';
import { abortSignalOf } from '../adapters/cancellation.ts';
import { readNetworkSettings } from '../adapters/network.ts';
import { showError } from '../problems/showError.ts';

/**
 * Shows the certificate that a server presents and asks whether to trust it. Gives its SHA-256 for the pin of this
 * server, or undefined. Checks stay on: no other certificate is accepted from then on.
 */
export async function trustCertificate(server: Server): Promise<string | undefined> {
  const certificate = await readCertificate(server);
  if (!certificate) return undefined;
  const trust = l10n.t('Trust This Certificate');
  const { host } = new URL(server.origin);
  const pinned = server.network?.pinnedCertificate;
  const question =
    pinned === undefined || pinned === certificate.sha256
      ? l10n.t('Trust the certificate of {0}?', host)
      : l10n.t('{0} shows another certificate than the one you trusted. Trust the new one?', host);
  const detail = certificateDetail(certificate, pinned);
  if (certificate.validTo.getTime() < Date.now()) {
    // Refused even when it is trusted, so there is nothing to ask.
    const message = l10n.t('The certificate of {0} has expired. The administrator of the server must renew it.', host);
    await window.showWarningMessage(message, { modal: true, detail });
    return undefined;
  }
  const answer = await window.showWarningMessage(question, { modal: true, detail }, trust);
  return answer === trust ? certificate.sha256 : undefined;
}

/** Undefined when cancelled, and when it cannot be read, which is said. */
async function readCertificate(server: Server): Promise<CertificateFacts | undefined> {
  const progress = {
    location: ProgressLocation.Notification,
    title: l10n.t('Reading the certificate of {0}…', new URL(server.origin).host),
    cancellable: true,
  };
  return window.withProgress(progress, async (_progress, token) => {
    try {
      return await readServerCertificate(server, { ...readNetworkSettings(), signal: abortSignalOf(token) });
    } catch (error) {
      // Not waited for: the progress ends now.
      if (!token.isCancellationRequested) void showError(error);
      return undefined;
    }
  });
}

/** Line by line: subject, issuer, names, validity, fingerprint, and how to compare it. */
export function certificateDetail(certificate: CertificateFacts, pinned: string | undefined): string {
  const { subject, issuer, names, validFrom, validTo, sha256, selfSigned } = certificate;
  const lines = [
    l10n.t('Subject: {0}', subject),
    l10n.t('Issuer: {0}', selfSigned ? l10n.t('itself (self-signed)') : issuer),
    ...(names.length > 0 ? [l10n.t('For: {0}', names.join(', '))] : []),
    l10n.t('Valid: {0} to {1}', day(validFrom), day(validTo)),
    l10n.t('SHA-256: {0}', sha256),
  ];
  if (pinned !== undefined && pinned !== sha256) {
    lines.push(
      '',
      l10n.t('Trusted until now, SHA-256: {0}', pinned),
      l10n.t('A renewal changes the certificate. So does somebody between you and the server: ask first.'),
    );
  }
  lines.push(
    '',
    l10n.t('Compare the SHA-256 with the administrator of the server, by telephone or in person.'),
    l10n.t('It is then the only certificate accepted for this server.'),
  );
  return lines.join('\n');
}

function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10);
}
