package dev.cofre.client.send;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.transfer.Blob;
import dev.cofre.client.transfer.BlobSource;
import dev.cofre.client.transfer.Downloader;
import dev.cofre.client.transfer.LocalNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The files of a send on their way to this disk. Their names are made harmless; nothing that is there is overwritten, and none appears under
/// its name before all of it is verified.
final class Bringing {
  private static final int BUFFER = 64 << 10;

  private final Downloader downloader;
  private final SendManifest manifest;
  private final Progress progress;
  private final Set<String> taken = new HashSet<>();

  Bringing(BlobSource source, SendManifest manifest, Progress progress) {
    SendManifest.Facts facts = manifest.facts();
    this.downloader = new Downloader(source, facts.team(), facts.vault(), progress::moved);
    this.manifest = manifest;
    this.progress = progress;
  }

  /// Brings them. One that is not what was sent, or cannot be written, is a failed outcome; what concerns all of them ends it.
  Reception into(Path directory) throws CofreException {
    progress.expect(
        manifest.files().size(),
        manifest.files().stream().mapToLong(SendManifest.File::size).sum());
    List<Outcome> outcomes = new ArrayList<>();
    for (SendManifest.File file : manifest.files()) {
      Outcome outcome = bring(file, directory);
      outcomes.add(outcome);
      progress.finished(outcome);
    }
    SendManifest.Facts facts = manifest.facts();
    return new Reception(facts.sender(), facts.note(), facts.text(), outcomes);
  }

  private Outcome bring(SendManifest.File file, Path directory) throws CofreException {
    String name = free(LocalNames.harmless(file.name()));
    try {
      Files.createDirectories(directory);
      Path target = LocalNames.resolve(directory, name);
      if (isThere(target, file)) {
        return Outcome.of(name, Outcome.Status.UNCHANGED, file.size(), 0);
      }
      Blob blob =
          new Blob(file.file(), file.blob(), file.key(), file.size(), file.contentHash().value());
      downloader.fetch(blob, directory, target, file.modified(), Downloader.Existing.KEEP);
      return Outcome.of(name, Outcome.Status.FETCHED, file.size(), 0);
    } catch (Tampered | Malformed | LocalState e) {
      return Outcome.failed(name, e);
    } catch (IOException e) {
      return Outcome.failed(name, DiskErrors.failed("cannot write " + name, directory, e));
    }
  }

  /// A name that no other file of this send has, on disks that do not tell capital letters apart either.
  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = LocalNames.numbered(wanted, i);
    }
    return name;
  }

  private boolean isThere(Path target, SendManifest.File file) throws IOException {
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        || Files.size(target) != file.size()) {
      return false;
    }
    Hashes.Running hash = Hashes.running();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS)) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        hash.update(buffer, 0, count);
      }
    }
    return hash.finish().equals(file.contentHash().value());
  }
}
