/**
 * Looks at the size of each response before kafkajs does. kafkajs takes any four bytes for a size: it would wait for
 * 1,213,486,160 bytes after `HTTP`, and a negative size throws inside a socket event, which ends the process.
 */
export type Impostor = 'http' | 'tls' | 'unknown';

/** The peer does not speak Kafka. */
export class UnexpectedBytesError extends Error {
  override readonly name = 'UnexpectedBytesError';
  readonly looksLike: Impostor;

  constructor(looksLike: Impostor, size: number) {
    super(`response size ${size} cannot be Kafka's`);
    this.looksLike = looksLike;
  }
}

const SIZE_BYTES = 4;
/** Far above any answer that we ask for (Fetch is bounded by its own limits, metadata of 100,000 topics is ~20 MB). */
const MAX_RESPONSE_BYTES = 512 * 1024 * 1024;

export class FrameGuard {
  readonly #header = Buffer.alloc(SIZE_BYTES);
  #headerBytes = 0;
  #bodyBytesLeft = 0;

  /** Null when the chunk continues a plausible stream of frames of at least `minSize` bytes. */
  check(chunk: Buffer, minSize: number): UnexpectedBytesError | null {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#bodyBytesLeft > 0) {
        const taken = Math.min(this.#bodyBytesLeft, chunk.length - offset);
        this.#bodyBytesLeft -= taken;
        offset += taken;
        continue;
      }
      const taken = chunk.copy(this.#header, this.#headerBytes, offset, offset + SIZE_BYTES - this.#headerBytes);
      this.#headerBytes += taken;
      offset += taken;
      if (this.#headerBytes < SIZE_BYTES) return null;
      this.#headerBytes = 0;
      const size = this.#header.readInt32BE();
      if (size < minSize || size > MAX_RESPONSE_BYTES) return new UnexpectedBytesError(this.#impostor(), size);
      this.#bodyBytesLeft = size;
    }
    return null;
  }

  #impostor(): Impostor {
    if (this.#header.toString('latin1') === 'HTTP') return 'http';
    // A TLS record: alert (21) or handshake (22), then version 3.x.
    if ((this.#header[0] === 21 || this.#header[0] === 22) && this.#header[1] === 3) return 'tls';
    return 'unknown';
  }
}
