import type { Answer, Frame, Practice, Session } from "./protocol";
import { frames } from "./stream";

/** Why a request failed: the way on differs for each. */
export type Reason = "unreachable" | "busy" | "full" | "server" | "expired" | "refused";

export class ApiFailure extends Error {
  constructor(
    readonly reason: Reason,
    /** Seconds that the server asks to wait, 0 when it says nothing. */
    readonly waitSeconds = 0,
  ) {
    super(reason);
  }
}

const ANSWER_WITHIN_MS = 20_000;
/** The server sends a heartbeat at least every 15 s: after this silence the connection is taken as dead. */
const SILENCE_MS = 35_000;

function reasonOf(status: number, code: unknown): Reason {
  if (status === 429) return code === "conversation_full" ? "full" : "busy";
  if (status === 401 || status === 404 || status === 410) return "expired";
  if (status === 408 || status === 425 || status >= 500) return "server";
  return "refused";
}

/** Ends a request after a time, which can be started anew, or with the caller's signal. */
class Deadline {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal = this.controller.signal;

  constructor(
    private readonly milliseconds: number,
    outer?: AbortSignal,
  ) {
    outer?.addEventListener("abort", () => this.controller.abort(), { once: true, signal: this.signal });
    if (outer?.aborted) this.controller.abort();
    this.restart();
  }

  restart(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(), this.milliseconds);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

/** The chat API of one server. Every method throws ApiFailure, nothing else. */
export class Api {
  /** `base` is the server's address without a slash at the end. */
  constructor(private readonly base: string) {}

  async practice(): Promise<Practice> {
    return this.answerOf<Practice>("GET", "/practice");
  }

  async start(): Promise<Session> {
    const { id, token } = await this.answerOf<Session>("POST", "/conversations", undefined, { page: location.pathname });
    return { id, token };
  }

  /** Hands one message over. The same key again changes nothing on the server. */
  async send(session: Session, key: string, answer: Answer): Promise<void> {
    await this.answerOf("POST", `/conversations/${session.id}/messages`, session, answer, key);
  }

  async erase(session: Session): Promise<void> {
    await this.answerOf("DELETE", `/conversations/${session.id}`, session);
  }

  /** Yields the frames after the event `after`, until the server ends the stream. */
  async *events(session: Session, after: number, signal: AbortSignal): AsyncGenerator<Frame, void> {
    const deadline = new Deadline(SILENCE_MS, signal);
    try {
      const path = `/conversations/${session.id}/events?after=${after}`;
      const response = await this.request("GET", path, deadline.signal, { ...bearer(session), Accept: "text/event-stream" });
      if (!response.body) throw new ApiFailure("unreachable");
      yield* frames(response.body, () => deadline.restart());
    } catch (error) {
      throw error instanceof ApiFailure ? error : new ApiFailure("unreachable");
    } finally {
      deadline.stop();
    }
  }

  private async answerOf<Body>(
    method: string,
    path: string,
    session?: Session,
    body?: unknown,
    key?: string,
  ): Promise<Body> {
    const deadline = new Deadline(ANSWER_WITHIN_MS);
    const headers: Record<string, string> = { ...(session && bearer(session)), ...(key && { "Idempotency-Key": key }) };
    if (method === "POST") headers["Content-Type"] = "application/json";
    try {
      const text = method === "POST" ? JSON.stringify(body ?? {}) : null;
      const response = await this.request(method, path, deadline.signal, headers, text);
      return (response.status === 204 ? undefined : await response.json()) as Body;
    } catch (error) {
      throw error instanceof ApiFailure ? error : new ApiFailure("unreachable");
    } finally {
      deadline.stop();
    }
  }

  private async request(
    method: string,
    path: string,
    signal: AbortSignal,
    headers: Record<string, string>,
    body: string | null = null,
  ): Promise<Response> {
    const url = `${this.base}/api/v1${path}`;
    const response = await fetch(url, { method, headers, body, signal, credentials: "omit", cache: "no-store" });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => null)) as { error?: { code?: unknown } } | null;
    const waitSeconds = Number(response.headers.get("Retry-After")) || 0;
    throw new ApiFailure(reasonOf(response.status, problem?.error?.code), waitSeconds);
  }
}

function bearer(session: Session): Record<string, string> {
  return { Authorization: `Bearer ${session.token}` };
}
