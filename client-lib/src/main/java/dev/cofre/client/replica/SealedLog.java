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
import java.util.List;

/// An append-only file of sealed segments, each behind its length in 4 bytes and sealed for its number. How much of it counts is
/// said elsewhere, by an [Extent]: what a crash left beyond is cut off, what is missing before is damage. Segments are of up to 65 536
/// items and about 8 MiB; one longer than 64 MiB is neither written nor read.
final class SealedLog<T> {
  private static final int MAX_SEGMENT = 64 << 20;
  private static final int USUAL_SEGMENT = 8 << 20;
  private static final int MAX_ITEMS = 1 << 16;

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
    return append(counted, List.of(segment), List::getFirst);
  }

  /// Makes a segment of some of the items that are added together.
  interface Segmenting<E, T> {
    T segment(List<E> items);
  }

  /// Adds items after what counts, durably, in as many segments as they need, and returns what would count with them.
  ///
  /// @throws LocalState when it cannot be written, or one item alone is longer than a segment can be
  <E> Extent append(Extent counted, List<E> items, Segmenting<E, T> segmenting) throws LocalState {
    try (FileChannel channel = PrivateFiles.openForAppending(path)) {
      if (channel.size() < counted.length()) {
        throw LocalSeal.damaged(name);
      }
      channel.truncate(counted.length());
      channel.position(counted.length());
      Extent extent = counted;
      for (int from = 0; from < items.size(); from += MAX_ITEMS) {
        List<E> some = items.subList(from, Math.min(from + MAX_ITEMS, items.size()));
        extent = write(channel, extent, some, segmenting);
      }
      channel.force(true);
      if (counted.length() == 0) {
        PrivateFiles.syncDirectoryOf(path);
      }
      return extent;
    } catch (IOException e) {
      throw DiskErrors.failed("cannot write " + path, path, e);
    }
  }

  /// Writes items as one segment, or as the segments of their halves.
  private <E> Extent write(
      FileChannel channel, Extent extent, List<E> items, Segmenting<E, T> segmenting)
      throws IOException, LocalState {
    byte[] encoded = codec.encode(segmenting.segment(items));
    if (encoded.length > USUAL_SEGMENT && items.size() > 1) {
      int half = items.size() / 2;
      Extent first = write(channel, extent, items.subList(0, half), segmenting);
      return write(channel, first, items.subList(half, items.size()), segmenting);
    }
    byte[] sealed = seal.seal(name, extent.segments(), encoded);
    if (sealed.length > MAX_SEGMENT) {
      throw new LocalState(
          LocalState.Kind.FILE,
          path + " cannot take " + sealed.length + " bytes at once: nothing was written");
    }
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + sealed.length);
    out.putInt(sealed.length).put(sealed).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    return new Extent(extent.segments() + 1, extent.length() + Integer.BYTES + sealed.length);
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
