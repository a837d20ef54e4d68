package dev.cofre.client.crypto;

import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads a sealed message and yields its plaintext, each chunk only after that chunk has verified.
///
/// A message is whole only when `read` has returned −1: until then chunks may still be missing, and closing early says nothing
/// about them. What does not verify is a [StreamFailure] with [Tampered], at once and on every later read.
public final class OpeningStream extends InputStream {
  private final InputStream source;
  private final SecretBytes key;
  private final byte[] context;
  private final byte[] sealed = new byte[Cobblestone.SEALED_CHUNK_LENGTH];
  private final byte[] plain = new byte[Cobblestone.CHUNK_LENGTH];
  private @Nullable CobblestoneKeys keys;
  private int position;
  private int limit;
  private long chunk;
  private State state = State.READING;

  private enum State {
    READING,
    ENDED,
    TAMPERED,
    BROKEN
  }

  /// A stream over a whole sealed message.
  OpeningStream(SecretBytes key, byte[] context, InputStream source) {
    this.source = source;
    this.key = key.duplicate();
    this.context = context.clone();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    while (position == limit) {
      switch (state) {
        case READING -> openNext();
        case ENDED -> {
          return length == 0 ? 0 : -1;
        }
        case TAMPERED -> throw new StreamFailure(new Tampered(Cobblestone.WHAT));
        case BROKEN -> throw new IOException("the stream is closed or its source failed");
      }
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(plain, position, target, offset, count);
    position += count;
    return count;
  }

  private void openNext() throws IOException {
    position = 0;
    limit = 0;
    state = State.BROKEN;
    try {
      CobblestoneKeys current = keys == null ? readHeader() : keys;
      keys = current;
      int count = source.readNBytes(sealed, 0, sealed.length);
      if (chunk >= Cobblestone.MAX_CHUNKS) {
        throw new Tampered(Cobblestone.WHAT);
      }
      int opened = current.open(chunk++, sealed, 0, count, plain, 0);
      if (opened < 0) {
        throw new Tampered(Cobblestone.WHAT);
      }
      limit = opened;
      state = opened < plain.length ? State.ENDED : State.READING;
    } catch (Tampered tampered) {
      state = State.TAMPERED;
      throw new StreamFailure(tampered);
    }
  }

  private CobblestoneKeys readHeader() throws IOException, Tampered {
    byte[] header = source.readNBytes(Cobblestone.HEADER_LENGTH);
    return Cobblestone.keysFor(key, context, Bytes.of(header));
  }

  @Override
  public void close() throws IOException {
    state = State.BROKEN;
    position = limit;
    key.close();
    if (keys != null) {
      keys.close();
    }
    Arrays.fill(plain, (byte) 0);
    source.close();
  }
}
