import { ApiFailure, type Api, type Reason } from "./api";
import { newKey } from "./keys";
import type { Memory, Waiting } from "./memory";
import { Pauses } from "./pauses";
import type { Answer, ChatEvent, Session } from "./protocol";
import type { Tabs } from "./tabs";

export type Trouble = Exclude<Reason, "refused"> | "offline";

/** What the screen is told. */
export interface Listener {
  /** A stored event, in order and once. */
  event(event: ChatEvent): void;
  /** A message of the visitor that is on its way. May be told again for the same key. */
  waiting(message: Waiting): void;
  refused(message: Waiting): void;
  thinking(yes: boolean): void;
  /** The events up to now are shown: from here on each one is new. */
  caughtUp(): void;
  trouble(trouble: Trouble | null): void;
  /** The conversation is another one: forget what is shown. */
  reset(): void;
}

/** One conversation: hands messages over, each once and in order, and follows what the server stores. */
export class Conversation {
  private last = 0;
  /** The conversation on the screen: null before the first message, undefined before the panel was ever opened. */
  private shown: string | null | undefined;
  private wanted = 0;
  private following = false;
  private flushing = false;
  private begun = false;
  private life = new AbortController();
  private readonly pauses = new Pauses();

  constructor(
    private readonly api: Api,
    private readonly memory: Memory,
    private readonly tabs: Tabs,
    private readonly listener: Listener,
  ) {
    tabs.onNews = () => this.look();
  }

  get session(): Session | null {
    return this.memory.read().session;
  }

  /** Starts a conversation when there is none, so that the bot can greet. */
  begin(): void {
    this.begun = true;
    this.resume();
  }

  /** Shows what was said before and hands over what waits. */
  resume(): void {
    this.shown = this.session?.id ?? null;
    for (const message of this.memory.read().queue) this.listener.waiting(message);
    if (this.session) void this.follow();
    else this.listener.caughtUp();
    void this.flush();
  }

  say(answer: Answer, text: string): void {
    const message = { key: newKey(), answer, text };
    this.memory.change(({ queue }) => ({ queue: [...queue, message] }));
    this.listener.waiting(message);
    void this.flush();
  }

  /** Tries again at once. */
  wake(): void {
    this.pauses.wake();
    void this.flush();
  }

  /** Shows what other pages of this visitor have changed. */
  look(): void {
    if (this.shown === undefined) return;
    const { session, queue } = this.memory.read();
    const id = session?.id ?? null;
    const left = this.shown && this.shown !== id;
    if (left) this.forget();
    this.shown = id;
    for (const message of queue) this.listener.waiting(message);
    if (id) void this.follow();
    // Leaving ended the delivery of what was said here meanwhile.
    if (left && queue.length) void this.flush();
  }

  /** Begins anew; this device forgets the conversation. Returns the typed texts that were never delivered. */
  startOver(): string[] {
    const unsent = this.leave();
    this.begin();
    return unsent;
  }

  private leave(): string[] {
    const unsent = this.memory.read().queue.flatMap(({ answer }) => ("text" in answer ? [answer.text] : []));
    this.memory.change(() => ({ session: null, queue: [] }));
    this.forget();
    this.shown = null;
    return unsent;
  }

  /** Removes the conversation on the server, then here. Throws ApiFailure, unless the server has none any more. */
  async erase(): Promise<void> {
    const session = this.session;
    try {
      if (session) await this.api.erase(session);
    } catch (error) {
      if (!(error instanceof ApiFailure && error.reason === "expired")) throw error;
    }
    // The next conversation begins when the visitor wants one.
    this.begun = false;
    this.leave();
  }

  stop(): void {
    this.life.abort();
    this.pauses.wake();
  }

  private forget(): void {
    this.stop();
    this.life = new AbortController();
    this.last = 0;
    this.following = false;
    this.flushing = false;
    this.listener.thinking(false);
    this.listener.trouble(null);
    this.listener.reset();
  }

  private get owing(): boolean {
    return this.memory.read().queue.length > 0 || (this.begun && !this.session);
  }

  private async flush(): Promise<void> {
    if (this.flushing) return;
    this.flushing = true;
    const { signal } = this.life;
    for (let attempt = 0; !signal.aborted && this.owing; ) {
      try {
        await this.tabs.alone(() => this.deliverFirst(signal));
        attempt = 0;
        this.listener.trouble(null);
      } catch (error) {
        if (!(await this.recover(error, ++attempt, signal))) break;
      }
    }
    if (!signal.aborted) this.flushing = false;
  }

  private async deliverFirst(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const session = this.session ?? (await this.create(signal));
    const message = this.memory.read().queue[0];
    if (!message || signal.aborted) return;
    try {
      await this.api.send(session, message.key, message.answer);
    } catch (error) {
      if (!(error instanceof ApiFailure && error.reason === "refused")) throw error;
      this.listener.refused(message);
      this.drop(message);
      return;
    }
    this.drop(message);
    if (signal.aborted) return;
    void this.follow();
  }

  private drop({ key }: Waiting): void {
    this.memory.change(({ queue }) => ({ queue: queue.filter((other) => other.key !== key) }));
  }

  private async create(signal: AbortSignal): Promise<Session> {
    const session = await this.api.start();
    if (!signal.aborted) {
      this.memory.change(() => ({ session }));
      this.shown = session.id;
      void this.follow();
    }
    return session;
  }

  private async follow(): Promise<void> {
    this.wanted++;
    if (this.following) return;
    this.following = true;
    const { signal } = this.life;
    for (let attempt = 0; !signal.aborted; ) {
      const asked = this.wanted;
      const before = this.last;
      try {
        if ((await this.readToIdle(signal)) && asked === this.wanted) break;
        attempt = this.last > before ? 0 : attempt + 1;
        if (attempt) await this.pauses.before(attempt);
      } catch (error) {
        attempt = this.last > before ? 1 : attempt + 1;
        if (!(await this.recover(error, attempt, signal))) break;
      }
    }
    if (signal.aborted) return;
    this.following = false;
    this.listener.thinking(false);
    this.listener.caughtUp();
  }

  /** Returns true when the server said that nothing more comes. */
  private async readToIdle(signal: AbortSignal): Promise<boolean> {
    const session = this.session;
    if (!session) return true;
    for await (const frame of this.api.events(session, this.last, signal)) {
      if (signal.aborted) return true;
      this.listener.trouble(null);
      if (frame.name === "message") this.take(frame.event);
      else this.listener.caughtUp();
      this.listener.thinking(frame.name === "typing");
      if (frame.name === "idle") return true;
    }
    return false;
  }

  private take(event: ChatEvent): void {
    if (event.seq <= this.last) return;
    this.last = event.seq;
    this.listener.event(event);
  }

  /** Reports the trouble and waits. Returns false when trying again is of no use. */
  private async recover(error: unknown, attempt: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (!(error instanceof ApiFailure)) throw error;
    const { reason, waitSeconds } = error;
    if (reason === "expired" || reason === "full" || reason === "refused") {
      this.listener.trouble(reason === "refused" ? "server" : reason);
      return false;
    }
    const offline = reason === "unreachable" && !navigator.onLine;
    // One cut connection is nothing to trouble the visitor with.
    if (offline || reason !== "unreachable" || attempt > 1) this.listener.trouble(offline ? "offline" : reason);
    await this.pauses.before(attempt, waitSeconds);
    return !signal.aborted;
  }
}
