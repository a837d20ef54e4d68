package dev.cofre.client.send;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.transfer.LocalNames;
import dev.cofre.client.transfer.Source;
import dev.cofre.client.transfer.Uploaded;
import dev.cofre.client.transfer.Uploader;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a send hands out: current versions of files in the vault, and files of this disk. Owns the keys of the latter once they are uploaded.
final class SendContents implements AutoCloseable {
  private final Map<Revision, String> revisions = new LinkedHashMap<>();
  private final Map<Path, String> local = new LinkedHashMap<>();
  private final Map<FileId, Path> ids = new LinkedHashMap<>();
  private final List<Uploaded> uploaded = new ArrayList<>();
  private final List<SendItem> items = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private SendContents() {}

  /// Looks up what is to be sent.
  ///
  /// @throws CofreException [NotFound] when a path is not in the vault; [LocalState] when a file of this disk cannot be sent
  static SendContents of(VaultHistory history, SendRequest request) throws CofreException {
    SendContents contents = new SendContents();
    for (String path : request.paths()) {
      contents.add(history, path);
    }
    for (Path file : request.files()) {
      contents.add(file);
    }
    if (contents.items.size() > SendManifest.MAX_FILES) {
      throw new LocalState(LocalState.Kind.FILE, "more than 4096 files in one send");
    }
    return contents;
  }

  private void add(VaultHistory history, String path) throws CofreException {
    Revision at = history.tree().at(path).orElse(null);
    List<Revision> found =
        at != null
            ? List.of(at)
            : List.copyOf(history.tree().below(path.endsWith("/") ? path : path + "/").values());
    if (found.isEmpty()) {
      throw new NotFound("there is no file " + path, "List the vault to see what there is.");
    }
    for (Revision revision : found) {
      FileRecord.Facts facts = revision.record().facts();
      String shown = history.tree().path(revision.file()).orElse(facts.path().value());
      if (!revisions.containsKey(revision)) {
        String name = free(shown.substring(shown.lastIndexOf('/') + 1));
        revisions.put(revision, name);
        items.add(new SendItem(name, facts.size()));
      }
    }
  }

  private void add(Path source) throws LocalState {
    Path file = source.toAbsolutePath().normalize();
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new LocalState(
            LocalState.Kind.FILE,
            source + " is not an ordinary file",
            "Name the files to send one by one, or put the folder into the vault and send it from"
                + " there.");
      }
      if (!local.containsKey(file)) {
        String name = free(String.valueOf(file.getFileName()));
        local.put(file, name);
        items.add(new SendItem(name, attributes.size()));
      }
    } catch (IOException e) {
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + source, e);
    }
  }

  /// A name that no other content has, on disks that do not tell capital letters apart either.
  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = LocalNames.numbered(wanted, i);
    }
    return name;
  }

  /// What is sent, in order.
  List<SendItem> items() {
    return List.copyOf(items);
  }

  /// Brings the files of this disk to the server.
  ///
  /// @throws CofreException when one of them cannot be read
  void upload(VaultHistory history, Uploader uploader, java.util.function.Supplier<FileId> fresh)
      throws CofreException {
    List<Source> sources = new ArrayList<>();
    for (Path file : local.keySet()) {
      FileId id = fresh.get();
      ids.put(id, file);
      sources.add(new Source(file, id));
    }
    List<LocalState> failures = new ArrayList<>();
    uploader.upload(
        sources,
        result -> {
          switch (result) {
            case Uploader.Result.Stored(_, Uploaded content) -> uploaded.add(content);
            case Uploader.Result.Failed(_, LocalState failure) -> failures.add(failure);
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /// The revisions that are handed out.
  List<RevisionId> revisions() {
    return revisions.keySet().stream().map(Revision::id).toList();
  }

  /// The blobs that belong to sends alone.
  List<BlobId> blobs() {
    return uploaded.stream().map(Uploaded::blob).toList();
  }

  /// The files of a manifest, each with a key of its own to close.
  List<SendManifest.File> files() throws CofreException {
    List<SendManifest.File> files = new ArrayList<>();
    for (Map.Entry<Revision, String> entry : revisions.entrySet()) {
      FileRecord record = entry.getKey().record();
      FileRecord.Facts facts = record.facts();
      files.add(
          new SendManifest.File(
              entry.getValue(),
              facts.size(),
              facts.modified(),
              facts.type(),
              facts.contentHash(),
              entry.getKey().file(),
              entry.getKey().put().blob().orElseThrow(),
              record.contentKey().duplicate()));
    }
    for (Uploaded content : uploaded) {
      files.add(
          new SendManifest.File(
              nameOf(content),
              content.length(),
              content.modified(),
              "",
              new Hash(content.hash()),
              content.file(),
              content.blob(),
              content.contentKey().duplicate()));
    }
    return files;
  }

  private String nameOf(Uploaded content) {
    Path file = java.util.Objects.requireNonNull(ids.get(content.file()));
    return java.util.Objects.requireNonNull(local.get(file));
  }

  @Override
  public void close() {
    uploaded.stream().map(Uploaded::contentKey).forEach(SecretBytes::close);
  }
}
