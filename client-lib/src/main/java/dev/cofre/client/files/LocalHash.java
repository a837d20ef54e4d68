package dev.cofre.client.files;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// The hash of a local file's content, to tell whether it is in the vault already.
final class LocalHash {
  private static final int BUFFER = 64 << 10;

  private LocalHash() {}

  static Hash of(Path file, Reports reports) throws LocalState {
    Hashes.Running hash = Hashes.running();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        hash.update(buffer, 0, count);
        reports.moved(count);
      }
    } catch (IOException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + file, e);
    }
    return new Hash(hash.finish());
  }
}
