/** A small window of the page: closes with Escape or when something else is clicked, and gives the focus back. */
export class Popup {
  readonly #element = document.createElement('div');
  #onClosed: (() => void) | undefined;

  constructor() {
    this.#element.className = 'popup';
    this.#element.setAttribute('role', 'dialog');
    this.#element.hidden = true;
    document.body.append(this.#element);
    document.addEventListener('pointerdown', ({ target }) => {
      if (this.isOpen && target instanceof Node && !this.#element.contains(target)) this.close(false);
    });
    this.#element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.close();
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#step(event);
    });
    document.addEventListener('focusin', ({ target }) => {
      if (this.isOpen && target instanceof Node && !this.#element.contains(target)) this.close(false);
    });
    window.addEventListener('blur', () => this.close(false));
    window.addEventListener('resize', () => this.close(false));
  }

  get isOpen(): boolean {
    return !this.#element.hidden;
  }

  /** Shows these parts below the anchor; the first part that can have it gets the focus. */
  open(anchor: DOMRect, label: string, parts: readonly Node[], onClosed: () => void): void {
    this.close(false);
    const element = this.#element;
    element.ariaLabel = label;
    element.replaceChildren(...parts);
    element.hidden = false;
    const { width, height } = element.getBoundingClientRect();
    const left = Math.max(4, Math.min(anchor.left, window.innerWidth - width - 4));
    const top = Math.max(4, Math.min(anchor.bottom + 2, window.innerHeight - height - 4));
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
    this.#onClosed = onClosed;
    this.#focusable()[0]?.focus();
  }

  /** @param giveBack the focus goes to where it was before. */
  close(giveBack = true): void {
    if (!this.isOpen) return;
    this.#element.hidden = true;
    const closed = this.#onClosed;
    this.#onClosed = undefined;
    if (giveBack) closed?.();
  }

  #focusable(): HTMLElement[] {
    return [...this.#element.querySelectorAll<HTMLElement>('input, button:not([disabled])')];
  }

  #step(event: KeyboardEvent): void {
    const parts = this.#focusable();
    const at = parts.indexOf(document.activeElement as HTMLElement);
    const next = parts[(at + (event.key === 'ArrowDown' ? 1 : -1) + parts.length) % parts.length];
    event.preventDefault();
    next?.focus();
  }
}
