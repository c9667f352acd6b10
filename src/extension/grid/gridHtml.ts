export interface GridResources {
  readonly script: string;
  readonly style: string;
  /** Where scripts and styles may come from. */
  readonly source: string;
  readonly nonce: string;
}

/** The page of a table: nothing from elsewhere, no script but its own. */
export function gridHtml({ script, style, source, nonce }: GridResources): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems": true}'>
<div id="toolbar" role="toolbar"></div>
<div id="progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" hidden></div>
<div id="content">
<div id="table"></div>
<aside id="detail" hidden></aside>
</div>
<div id="note" hidden></div>
<div id="said" class="unseen" aria-live="polite"></div>
<script nonce="${nonce}" type="module" src="${script}"></script>
</body>
</html>`;
}
