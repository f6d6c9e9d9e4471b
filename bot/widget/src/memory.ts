import type { Answer, Session } from "./protocol";

/** A message of the visitor that the server has not taken yet. */
export interface Waiting {
  readonly key: string;
  readonly answer: Answer;
  readonly text: string;
}

export interface Kept {
  readonly session: Session | null;
  readonly open: boolean;
  readonly queue: readonly Waiting[];
}

const NOTHING: Kept = { session: null, open: false, queue: [] };

/**
 * What the browser keeps between pages: the conversation's id and token, whether the panel is open, and messages until
 * they are delivered. Nothing else is ever stored. Where storage is blocked it is kept for this page only.
 */
export class Memory {
  private fallback: Kept = NOTHING;

  constructor(private readonly name: string) {}

  read(): Kept {
    try {
      const stored = localStorage.getItem(this.name);
      return stored ? { ...NOTHING, ...(JSON.parse(stored) as Partial<Kept>) } : this.fallback;
    } catch {
      return this.fallback;
    }
  }

  /** Changes some of what is kept, on top of what another tab may have stored meanwhile. */
  change(edit: (kept: Kept) => Partial<Kept>): Kept {
    const kept = this.read();
    const changed = { ...kept, ...edit(kept) };
    this.fallback = NOTHING;
    try {
      localStorage.setItem(this.name, JSON.stringify(changed));
    } catch {
      this.fallback = changed;
    }
    return changed;
  }
}
