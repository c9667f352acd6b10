/** Covers the table with why nothing more can be read, and a button when it may be tried once more. */
export function showEnd(
  note: HTMLElement,
  message: string,
  again: { label: string; run: () => void } | undefined,
): void {
  note.textContent = message;
  note.hidden = false;
  note.className = 'ended';
  if (again === undefined) return;
  const button = document.createElement('button');
  button.textContent = again.label;
  button.addEventListener('click', again.run);
  note.append(button);
}
