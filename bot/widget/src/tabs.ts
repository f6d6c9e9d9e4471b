/** Keeps several tabs of one visitor in step. */
export class Tabs {
  private readonly channel: BroadcastChannel;
  /** Called when another tab has news: the conversation's id (null: none any more) and its newest sequence number. */
  onNews: (id: string | null, seq: number) => void = () => undefined;

  constructor(private readonly name: string) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<{ id: string | null; seq: number }>) => this.onNews(data.id, data.seq);
  }

  tell(id: string | null, seq: number): void {
    this.channel.postMessage({ id, seq });
  }

  /** Runs while no other tab does, so that messages keep their order. Keys guard where locks are missing. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const locks = (navigator as Partial<Navigator>).locks;
    return locks ? (locks.request(this.name, work) as Promise<Result>) : work();
  }

  close(): void {
    this.channel.close();
  }
}
