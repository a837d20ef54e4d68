package dev.cofre.client.replica;

import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// An append-only file of sealed segments, each behind its length in 4 bytes and sealed for its number. How much of it counts is
/// said elsewhere, by an [Extent]: what a crash left beyond is cut off, what is missing before is damage.
final class SealedLog<T> {
  private static final int MAX_SEGMENT = 64 << 20;

  private final Path path;
  private final String name;
  private final LocalSeal seal;
  private final Codec<T> codec;

  /// Takes the segments of a log, one by one.
  interface Reader<T> {
    void take(T segment) throws CofreException;
  }

  SealedLog(Path directory, String name, LocalSeal seal, Codec<T> codec) {
    this.path = directory.resolve(name);
    this.name = name;
    this.seal = seal;
    this.codec = codec;
  }

  /// Adds a segment after what counts, durably, and returns what would count with it.
  Extent append(Extent counted, T segment) throws LocalState {
    byte[] sealed = seal.seal(name, counted.segments(), codec.encode(segment));
    try (FileChannel channel = PrivateFiles.openForAppending(path)) {
      if (channel.size() < counted.length()) {
        throw LocalSeal.damaged(name);
      }
      channel.truncate(counted.length());
      channel.position(counted.length());
      ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + sealed.length);
      out.putInt(sealed.length).put(sealed).flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      channel.force(true);
      if (counted.length() == 0) {
        PrivateFiles.syncDirectoryOf(path);
      }
      return new Extent(counted.segments() + 1, counted.length() + Integer.BYTES + sealed.length);
    } catch (IOException e) {
      throw DiskErrors.failed("cannot write " + path, path, e);
    }
  }

  /// Reads whatever is whole, where nothing else says how much counts: a segment that a crash cut short ends the log.
  Extent recover(Reader<T> reader) throws CofreException {
    if (!Files.exists(path)) {
      return Extent.NONE;
    }
    Extent whole = wholeSegments();
    read(whole, reader);
    return whole;
  }

  private Extent wholeSegments() throws LocalState {
    try (FileChannel channel = FileChannel.open(path)) {
      ByteBuffer size = ByteBuffer.allocate(Integer.BYTES);
      long segments = 0;
      long length = 0;
      while (length + Integer.BYTES <= channel.size()) {
        PrivateFiles.readAll(channel, size.clear(), length);
        long next = length + Integer.BYTES + size.getInt(0);
        if (size.getInt(0) < 0 || next > channel.size()) {
          break;
        }
        segments++;
        length = next;
      }
      return new Extent(segments, length);
    } catch (IOException e) {
      throw DiskErrors.failed("cannot read " + path, path, e);
    }
  }

  /// Reads all that counts.
  void read(Extent counted, Reader<T> reader) throws CofreException {
    if (counted.segments() == 0) {
      return;
    }
    if (!Files.exists(path)) {
      throw LocalSeal.missing(name);
    }
    try (FileChannel channel = FileChannel.open(path);
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(channel), 1 << 16))) {
      if (channel.size() < counted.length()) {
        throw LocalSeal.damaged(name);
      }
      long length = 0;
      for (long i = 0; i < counted.segments(); i++) {
        int size = in.readInt();
        if (size < 0 || size > MAX_SEGMENT || length + Integer.BYTES + size > counted.length()) {
          throw LocalSeal.damaged(name);
        }
        byte[] sealed = in.readNBytes(size);
        length += Integer.BYTES + size;
        reader.take(codec.decode(seal.open(name, i, sealed)));
      }
      if (length != counted.length()) {
        throw LocalSeal.damaged(name);
      }
    } catch (MalformedException _) {
      throw LocalSeal.damaged(name);
    } catch (IOException e) {
      throw DiskErrors.failed("cannot read " + path, path, e);
    }
  }
}
