package dev.cofre.client.transfer;

import dev.cofre.client.failure.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/// What tells whether a local file was changed while it was read: its length, time and place on the disk.
record FileFacts(long length, Instant modified, String place) {
  /// As they are now.
  ///
  /// @throws LocalState when there is no readable regular file
  static FileFacts of(Path path) throws LocalState {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new LocalState(LocalState.Kind.FILE, path + " is not a regular file");
      }
      return new FileFacts(
          attributes.size(),
          attributes.lastModifiedTime().toInstant(),
          String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + path, e);
    }
  }

  /// All of it as a text, to be remembered and compared.
  String mark() {
    return length + " " + modified + " " + place;
  }

  /// Refuses a file that is not as it was.
  void requireUnchanged(Path path) throws LocalState {
    if (!of(path).equals(this)) {
      throw new LocalState(
          LocalState.Kind.FILE,
          path + " changed while it was read",
          "Nothing was stored of it. Save it, wait a moment, and put it again.");
    }
  }
}
