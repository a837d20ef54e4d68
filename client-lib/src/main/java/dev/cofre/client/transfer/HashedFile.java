package dev.cofre.client.transfer;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file of known bytes: hashed as it is written, and under its name only when it is whole and safe on the disk. Closing it before that
/// leaves what was there, or nothing.
public final class HashedFile implements AutoCloseable {
  private final Path target;
  private final PartialFile partial;
  private final OutputStream sink;
  private final Hashes.Running hash = Hashes.running();
  private long length;

  /// How many bytes were written, and their SHA-256.
  public record Written(long length, Hash hash) {}

  private HashedFile(Path target, PartialFile partial) {
    this.target = target;
    this.partial = partial;
    this.sink = partial.output();
  }

  /// One that is to be at `target`, in place of what is there.
  public static HashedFile at(Path target) throws LocalState {
    Path directory = target.toAbsolutePath().resolve("..").normalize();
    try {
      return new HashedFile(target, PartialFile.in(directory));
    } catch (IOException e) {
      throw DiskErrors.failed("cannot write into " + directory, directory, e);
    }
  }

  /// Adds bytes.
  public void write(byte[] bytes, int offset, int count) throws LocalState {
    try {
      sink.write(bytes, offset, count);
    } catch (IOException e) {
      throw failed(e);
    }
    hash.update(bytes, offset, count);
    length += count;
  }

  /// Adds bytes.
  public void write(byte[] bytes) throws LocalState {
    write(bytes, 0, bytes.length);
  }

  /// Gives the file its name. Nothing is written afterwards.
  public Written finish() throws LocalState {
    try {
      partial.force();
      Files.move(
          partial.path(),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      PrivateFiles.syncDirectoryOf(target);
    } catch (IOException e) {
      throw failed(e);
    }
    return new Written(length, new Hash(hash.finish()));
  }

  private LocalState failed(IOException e) {
    return DiskErrors.failed("cannot write " + target, target, e);
  }

  @Override
  public void close() {
    partial.close();
  }
}
