package dev.cofre.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Objects as files below one directory of a local file system, for the server that runs alone.
///
/// `objects/` holds what has appeared: an object stored in one step is a file, one uploaded in parts a directory with the
/// parts as files and a manifest, so that completing moves a name and never copies bytes. `staging/` on the same file
/// system holds all else. Each part file ends with the 16 random bytes of its tag. A name is given by hard link or by
/// renaming a directory, which both fail when the name is taken: no lock is needed to keep objects immutable. Completing,
/// aborting and placing a part take turns, so that a repeated completion finds the first one's work done.
///
/// Files have mode 0600 and directories 0700; files and names are synced before a method returns.
public final class DirectoryBlobStore implements BlobStore {
  private static final int TAG_BYTES = 16;
  private static final String SEALED = ".sealed";
  private static final String DRAFT = ".draft";
  private static final int ATTEMPTS = 5;

  private final ObjectTree objects;
  private final Path staging;
  private final RandomGenerator random;
  private final Turns turns = new Turns();
  private final DiskSpace space;

  /// Opens a store, creating its directories when they are missing.
  ///
  /// @param random where names in staging and tags come from
  public DirectoryBlobStore(Path root, RandomGenerator random) throws IOException {
    this(root, random, DiskSpace.of(existing(root)));
  }

  private static Path existing(Path root) throws IOException {
    DurableFiles.createDirectories(root.toAbsolutePath());
    return root;
  }

  DirectoryBlobStore(Path root, RandomGenerator random, DiskSpace space) throws IOException {
    this.space = space;
    this.objects = new ObjectTree(root.toAbsolutePath().resolve("objects"));
    this.staging = root.toAbsolutePath().resolve("staging");
    this.random = random;
    DurableFiles.createDirectories(objects.root());
    DurableFiles.createDirectories(staging);
  }

  @Override
  public void store(ObjectKey key, long length, InputStream content) throws IOException {
    AnnouncedContent announced = new AnnouncedContent(content, length);
    Path file = objects.path(key);
    if (Files.exists(file)) {
      throw new BlobFailure.ObjectExists(key);
    }
    space.write(length, () -> write(key, file, announced));
  }

  private Path write(ObjectKey key, Path file, AnnouncedContent content) throws IOException {
    Path draft = staging.resolve(randomHex() + DRAFT);
    DurableFiles.create(draft, content::copyTo);
    try {
      Path directory = parent(file);
      DurableFiles.createDirectories(directory);
      Files.createLink(file, draft);
      DurableFiles.syncNames(directory);
    } catch (FileAlreadyExistsException e) {
      throw new BlobFailure.ObjectExists(key);
    } finally {
      Files.deleteIfExists(draft);
    }
    return file;
  }

  @Override
  public UploadHandle begin(ObjectKey key) throws IOException {
    UploadHandle upload = new UploadHandle(randomHex());
    Path directory = directory(key, upload);
    return space.write(
        0,
        () -> {
          DurableFiles.createDirectories(directory);
          return upload;
        });
  }

  @Override
  public PartTag put(
      ObjectKey key, UploadHandle upload, int number, long length, InputStream content)
      throws IOException {
    PartTag.requireNumber(number);
    AnnouncedContent announced = new AnnouncedContent(content, length);
    Path directory = directory(key, upload);
    if (!Files.isDirectory(directory) && !Files.isDirectory(sealed(directory))) {
      throw new BlobFailure.NoSuchUpload(key);
    }
    return space.write(length, () -> write(key, directory, number, announced));
  }

  private PartTag write(ObjectKey key, Path directory, int number, AnnouncedContent content)
      throws IOException {
    byte[] tag = new byte[TAG_BYTES];
    random.nextBytes(tag);
    Path draft = staging.resolve(randomHex() + DRAFT);
    DurableFiles.create(
        draft,
        out -> {
          content.copyTo(out);
          out.write(tag);
        });
    try {
      turns.run(
          key,
          () -> {
            Files.move(draft, PartManifest.part(directory, number), StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncNames(directory);
          });
    } catch (NoSuchFileException e) {
      throw new BlobFailure.NoSuchUpload(key);
    } finally {
      Files.deleteIfExists(draft);
    }
    return new PartTag(number, content.length(), HexFormat.of().formatHex(tag));
  }

  /// In turns: a request that is repeated while the first is still at work must not touch what that one has sealed.
  @Override
  public void complete(ObjectKey key, UploadHandle upload, List<PartTag> parts) throws IOException {
    PartTag.requireWhole(parts);
    turns.run(
        key,
        () -> {
          for (int attempt = 1; ; attempt++) {
            try {
              if (!isDone(key, upload)) {
                space.finish(() -> appear(key, upload, parts));
              }
              DurableFiles.syncNames(parent(objects.path(key)));
              DurableFiles.syncNames(staging);
              return;
            } catch (FileSystemException e) {
              // another server over the same directory is at the same upload: look again at what is
              // there now
              if (attempt == ATTEMPTS) {
                throw e;
              }
            }
          }
        });
  }

  private Path appear(ObjectKey key, UploadHandle upload, List<PartTag> parts) throws IOException {
    Path object = objects.path(key);
    Path sealed = seal(key, upload);
    try {
      for (PartTag part : parts) {
        requireStored(key, sealed, part);
      }
      PartManifest manifest =
          new PartManifest(
              upload.value(),
              parts.size(),
              parts.getFirst().length(),
              parts.stream().mapToLong(PartTag::length).sum());
      manifest.writeInto(sealed, staging.resolve(randomHex() + DRAFT));
      removeStrays(sealed, manifest);
      DurableFiles.syncNames(sealed);
      DurableFiles.createDirectories(parent(object));
      Files.move(sealed, object, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      unseal(sealed, directory(key, upload));
      if (!isDone(key, upload)) {
        throw e;
      }
    }
    return object;
  }

  /// Lets parts come again. What cannot be moved back stays sealed, and a later completion finds it so.
  private static void unseal(Path sealed, Path directory) {
    try {
      Files.move(sealed, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException _) {
      // it has appeared or was discarded meanwhile, or the disk fails, which the caller reports
    }
  }

  /// Whether this very upload has made the object.
  ///
  /// @throws BlobFailure.ObjectExists when something else has
  private boolean isDone(ObjectKey key, UploadHandle upload) throws IOException {
    Path object = objects.path(key);
    if (!Files.exists(object)) {
      return false;
    }
    if (manifest(object).filter(m -> m.upload().equals(upload.value())).isPresent()) {
      return true;
    }
    throw new BlobFailure.ObjectExists(key);
  }

  /// Takes the parts out of reach of [#put], so that what is verified is what appears.
  private Path seal(ObjectKey key, UploadHandle upload) throws IOException {
    Path directory = directory(key, upload);
    Path sealed = sealed(directory);
    try {
      Files.move(directory, sealed, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(sealed)) {
        if (isDone(key, upload)) {
          throw e;
        }
        throw new BlobFailure.NoSuchUpload(key);
      }
    }
    return sealed;
  }

  private static void requireStored(ObjectKey key, Path directory, PartTag part)
      throws IOException {
    ByteBuffer tag = ByteBuffer.allocate(TAG_BYTES);
    try (FileChannel file =
        FileChannel.open(PartManifest.part(directory, part.number()), StandardOpenOption.READ)) {
      if (file.size() == part.length() + TAG_BYTES) {
        file.read(tag, part.length());
      }
    } catch (NoSuchFileException e) {
      throw new BlobFailure.NoSuchPart(key, "number " + part.number());
    }
    if (!HexFormat.of().formatHex(tag.array()).equals(part.tag())) {
      throw new BlobFailure.NoSuchPart(key, "number " + part.number());
    }
  }

  private static void removeStrays(Path sealed, PartManifest manifest) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(sealed)) {
      for (Path file : files) {
        if (!manifest.owns(String.valueOf(file.getFileName()))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @Override
  public void abort(ObjectKey key, UploadHandle upload) throws IOException {
    if (!isOurs(upload)) {
      return;
    }
    Path directory = directory(key, upload);
    turns.run(
        key,
        () -> {
          discard(directory);
          discard(sealed(directory));
        });
  }

  /// Gives a directory a name nobody looks for, then removes it.
  private void discard(Path directory) throws IOException {
    Path discarded = staging.resolve(randomHex() + ".discarded");
    try {
      Files.move(directory, discarded, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    DurableFiles.syncNames(parent(directory));
    DurableFiles.deleteTree(discarded);
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) throws IOException {
    PartTag.requireLength(length);
    Path object = objects.path(key);
    try {
      Optional<PartManifest> manifest = manifest(object);
      long size = manifest.isPresent() ? manifest.get().length() : Files.size(object);
      if (offset < 0 || offset > size || length > size - offset) {
        throw new BlobFailure.OutOfRange(key, offset, length);
      }
      if (manifest.isEmpty()) {
        return new FileRange(_ -> object, size, offset, length);
      }
      requireWhole(key, object, manifest.get(), offset, length);
      return new FileRange(
          index -> PartManifest.part(object, index + 1),
          manifest.get().partLength(),
          offset,
          length);
    } catch (NoSuchFileException e) {
      throw new BlobFailure.NoSuchObject(key);
    }
  }

  /// Notices lost bytes before the first is sent, so that a reader is told instead of cut off.
  private static void requireWhole(
      ObjectKey key, Path object, PartManifest manifest, long offset, long length)
      throws IOException {
    long partLength = manifest.partLength();
    for (long index = offset / partLength; index * partLength < offset + length; index++) {
      long end = Math.min(partLength, offset + length - index * partLength);
      if (Files.size(PartManifest.part(object, index + 1)) < end) {
        throw new BlobFailure.Damaged(key, "part " + (index + 1));
      }
    }
  }

  @Override
  public void requireReadable(ObjectKey key, long offset, long length) throws IOException {
    read(key, offset, length).close();
  }

  @Override
  public OptionalLong size(ObjectKey key) throws IOException {
    Path object = objects.path(key);
    try {
      Optional<PartManifest> manifest = manifest(object);
      return OptionalLong.of(manifest.isPresent() ? manifest.get().length() : Files.size(object));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /// The manifest of an object made of parts; empty when the object is one file.
  private static Optional<PartManifest> manifest(Path object) throws IOException {
    return Files.isDirectory(object) ? Optional.of(PartManifest.in(object)) : Optional.empty();
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    discard(objects.path(key));
  }

  @Override
  public void forEach(String prefix, Consumer<ObjectKey> keys) throws IOException {
    objects.forEach(prefix, keys);
  }

  @Override
  public int abandonUploads(Instant before, Set<UploadHandle> needed) throws IOException {
    Set<String> kept = needed.stream().map(UploadHandle::value).collect(Collectors.toSet());
    int abandoned = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(staging)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName()).replace(SEALED, "");
        if (!kept.contains(name) && isOlder(entry, before)) {
          discard(entry);
          abandoned++;
        }
      }
    }
    return abandoned;
  }

  private static boolean isOlder(Path entry, Instant moment) throws IOException {
    try {
      return Files.getLastModifiedTime(entry).toInstant().isBefore(moment);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void probe() throws IOException {
    Path draft = staging.resolve(randomHex() + DRAFT);
    DurableFiles.create(draft, out -> out.write(1));
    Files.delete(draft);
  }

  private String randomHex() {
    byte[] bytes = new byte[TAG_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Path directory(ObjectKey key, UploadHandle upload) throws BlobFailure {
    if (!isOurs(upload)) {
      throw new BlobFailure.NoSuchUpload(key);
    }
    return staging.resolve(upload.value());
  }

  /// Whether this may be a handle of a directory store, and so the name of a file.
  private static boolean isOurs(UploadHandle upload) {
    String name = upload.value();
    return name.length() == 2 * TAG_BYTES && name.chars().allMatch(HexFormat::isHexDigit);
  }

  private static Path sealed(Path directory) {
    return directory.resolveSibling(directory.getFileName() + SEALED);
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }
}
