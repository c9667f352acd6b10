import { nodeId, type ExplorerNode } from './explorerNode.ts';

/** Rows that are to be drawn anew, each once, when nothing was added for some milliseconds. */
export class DrawQueue {
  readonly #draw: (node: ExplorerNode) => void;
  readonly #delay: number;
  readonly #waiting = new Map<string, ExplorerNode>();
  #timer: NodeJS.Timeout | undefined;

  constructor(draw: (node: ExplorerNode) => void, delay: number) {
    this.#draw = draw;
    this.#delay = delay;
  }

  add(node: ExplorerNode): void {
    this.#waiting.set(nodeId(node), node);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const nodes = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const each of nodes) this.#draw(each);
    }, this.#delay);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
