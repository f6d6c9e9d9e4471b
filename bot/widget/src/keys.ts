/** Returns a key that no other message has: 32 hexadecimal digits. */
export function newKey(): string {
  // randomUUID exists on secure pages only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
