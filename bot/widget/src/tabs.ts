/** Keeps several tabs of one visitor in step. */
export class Tabs {
  private readonly life = new AbortController();
  /**
   * Called when another tab has changed what is kept. Only this event says that the change can be read here: any other
   * message may overtake it on the way from one browser process to the next.
   */
  onNews: () => void = () => undefined;

  constructor(private readonly name: string) {
    const heard = ({ key }: StorageEvent) => (key === name || key === null) && this.onNews();
    addEventListener("storage", heard, { signal: this.life.signal });
  }

  /** Runs while no other tab does, so that messages keep their order. Keys guard where locks are missing. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const locks = (navigator as Partial<Navigator>).locks;
    return locks ? (locks.request(this.name, work) as Promise<Result>) : work();
  }

  close(): void {
    this.life.abort();
  }
}
