package dev.cofre.client.crypto;

import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/// Reads a message to its end and yields it sealed, in [Cobblestone#sealedLength] bytes. The key may be closed as soon as the
/// stream exists; closing the stream wipes what it holds and closes its source.
public final class SealingStream extends InputStream {
  private final InputStream message;
  private final CobblestoneKeys keys;
  private final byte[] plain = new byte[Cobblestone.CHUNK_LENGTH];
  private final byte[] sealed = new byte[Cobblestone.SEALED_CHUNK_LENGTH];
  private int position;
  private int limit;
  private long chunk;
  private boolean ended;
  private boolean broken;

  SealingStream(SecretBytes key, byte[] context, InputStream message, RandomSource random) {
    this.message = message;
    Bytes salt = random.bytes(Cobblestone.SALT_LENGTH);
    keys = CobblestoneKeys.derive(key, salt.toArray(), context);
    salt.copyTo(sealed, 0);
    keys.commitment().copyTo(sealed, Cobblestone.SALT_LENGTH);
    limit = Cobblestone.HEADER_LENGTH;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (position == limit) {
      if (broken) {
        throw new IOException("the stream is closed or its source failed");
      }
      if (ended) {
        return -1;
      }
      sealNext();
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(sealed, position, target, offset, count);
    position += count;
    return count;
  }

  private void sealNext() throws IOException {
    broken = true;
    int count = message.readNBytes(plain, 0, plain.length);
    limit = keys.seal(chunk++, plain, 0, count, sealed, 0);
    position = 0;
    ended = count < plain.length;
    broken = false;
  }

  @Override
  public void close() throws IOException {
    broken = true;
    position = limit;
    keys.close();
    Arrays.fill(plain, (byte) 0);
    message.close();
  }
}
