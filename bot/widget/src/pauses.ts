/** Waits between tries, which end early when there is reason to hope: back online, page shown again, visitor asks. */
export class Pauses {
  private wakers = new Set<() => void>();

  /** Waits 0.5 s, 1 s, 2 s ... at most 30 s, each varied by half so that many visitors do not return at once. */
  async before(attempt: number, leastSeconds = 0): Promise<void> {
    const seconds = Math.max(leastSeconds, Math.min(30, 0.5 * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2));
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, seconds * 1000);
      this.wakers.add(wake);
    });
  }

  wake(): void {
    for (const wake of [...this.wakers]) wake();
  }
}
