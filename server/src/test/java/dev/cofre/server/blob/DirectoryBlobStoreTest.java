package dev.cofre.server.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryBlobStoreTest extends BlobStoreContract {
  @TempDir Path directory;
  private Path root;
  private DirectoryBlobStore store;

  @BeforeEach
  void open() throws IOException {
    root = directory.resolve("blobs");
    store = new DirectoryBlobStore(root, new SecureRandom());
  }

  @Override
  BlobStore store() {
    return store;
  }

  @Override
  int partLength() {
    return 1_000_000;
  }

  @Test
  void everythingIsReadableByTheOwnerOnly() throws IOException {
    ObjectKey key = new ObjectKey("00ff/aabb");
    UploadHandle upload = store.begin(key);
    store.complete(
        key, upload, List.of(store.put(key, upload, 1, 1, new ByteArrayInputStream(new byte[1]))));
    store.store(new ObjectKey("00ff/aabc"), 1, new ByteArrayInputStream(new byte[1]));
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        assertEquals(
            Files.isDirectory(path) ? "rwx------" : "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
            path.toString());
      }
    }
  }

  @Test
  void nothingStaysInStaging() throws IOException {
    ObjectKey key = new ObjectKey("00ff/aabb");
    UploadHandle upload = store.begin(key);
    PartTag tag = store.put(key, upload, 1, 1, new ByteArrayInputStream(new byte[1]));
    store.put(key, upload, 2, 1, new ByteArrayInputStream(new byte[1]));
    assertThrows(
        BlobFailure.ShortContent.class,
        () -> store.put(key, upload, 2, 5, new ByteArrayInputStream(new byte[1])));
    store.complete(key, upload, List.of(tag));
    store.delete(key);
    store.probe();
    try (Stream<Path> staged = Files.list(root.resolve("staging"))) {
      assertEquals(0, staged.count());
    }
  }

  @Test
  void anUploadOutlivesTheStoreObjectAndAnInterruptedCompletion() throws IOException {
    ObjectKey key = new ObjectKey("00ff/aabb");
    UploadHandle upload = store.begin(key);
    PartTag tag = store.put(key, upload, 1, 3, new ByteArrayInputStream(new byte[] {1, 2, 3}));
    Path staging = root.resolve("staging");
    Files.move(staging.resolve(upload.value()), staging.resolve(upload.value() + ".sealed"));
    DirectoryBlobStore again = new DirectoryBlobStore(root, new SecureRandom());
    again.complete(key, upload, List.of(tag));
    assertArrayEquals(new byte[] {1, 2, 3}, again.read(key, 0, 3).readAllBytes());
  }

  @Test
  void lostBytesAreNoticedBeforeTheFirstIsGiven() throws IOException {
    ObjectKey key = new ObjectKey("00ff/aabb");
    UploadHandle upload = store.begin(key);
    PartTag first = store.put(key, upload, 1, 4, new ByteArrayInputStream(new byte[4]));
    PartTag last = store.put(key, upload, 2, 2, new ByteArrayInputStream(new byte[] {8, 9}));
    store.complete(key, upload, List.of(first, last));
    Path part = root.resolve("objects/00ff/aa/aabb.o/2");
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, 1));
    assertThrows(BlobFailure.Damaged.class, () -> store.read(key, 0, 6));
    assertArrayEquals(new byte[] {0, 0, 0, 0, 8}, store.read(key, 0, 5).readAllBytes());
    Files.write(part, whole);
    assertArrayEquals(new byte[] {8, 9}, store.read(key, 4, 2).readAllBytes());
    Files.delete(part);
    assertThrows(BlobFailure.NoSuchObject.class, () -> store.read(key, 0, 6));
  }

  @Test
  void twoServersOverOneDirectoryCompleteAnUploadAtOnce() throws Exception {
    DirectoryBlobStore other = new DirectoryBlobStore(root, new SecureRandom());
    byte[] bytes = content(1000);
    for (int round = 0; round < rounds(); round++) {
      ObjectKey key = new ObjectKey("00ff/" + randomHex(16));
      UploadHandle upload = store.begin(key);
      List<PartTag> tags =
          List.of(store.put(key, upload, 1, bytes.length, new ByteArrayInputStream(bytes)));
      CyclicBarrier start = new CyclicBarrier(2);
      try (ExecutorService threads = Executors.newCachedThreadPool()) {
        List<Callable<Boolean>> calls =
            Stream.of(store, other)
                .<Callable<Boolean>>map(each ->
                    () -> {
                      start.await();
                      each.complete(key, upload, tags);
                      return true;
                    })
                .toList();
        for (Future<Boolean> call : threads.invokeAll(calls)) {
          assertTrue(call.get());
        }
      }
      assertArrayEquals(bytes, store.read(key, 0, bytes.length).readAllBytes());
    }
  }

  @Test
  void aCompletionThatCouldNotFinishLetsPartsComeAgain() throws IOException {
    ObjectKey key = new ObjectKey("00ff/aabb");
    UploadHandle upload = store.begin(key);
    PartTag tag = store.put(key, upload, 1, 1, new ByteArrayInputStream(new byte[1]));
    Files.createDirectories(root.resolve("objects"));
    Path inTheWay = root.resolve("objects").resolve("00ff");
    Files.writeString(inTheWay, "not a directory");
    assertThrows(IOException.class, () -> store.complete(key, upload, List.of(tag)));
    Files.delete(inTheWay);
    PartTag again = store.put(key, upload, 1, 1, new ByteArrayInputStream(new byte[1]));
    store.complete(key, upload, List.of(again));
    assertArrayEquals(new byte[1], store.read(key, 0, 1).readAllBytes());
  }

  @Test
  void aFullDiskTakesNothingAndLosesNothing() throws IOException {
    AtomicLong usable = new AtomicLong(1L << 40);
    DirectoryBlobStore store =
        new DirectoryBlobStore(root, new SecureRandom(), new DiskSpace(usable::get));
    ObjectKey key = new ObjectKey("00ff/aabb");
    ObjectKey other = new ObjectKey("00ff/aabc");
    UploadHandle upload = store.begin(key);
    PartTag one = store.put(key, upload, 1, 3, new ByteArrayInputStream(new byte[] {1, 2, 3}));
    usable.set(DiskSpace.RESERVE + 3);
    assertThrows(
        BlobFailure.Full.class,
        () -> store.put(key, upload, 2, 3, new ByteArrayInputStream(new byte[] {4, 5, 6})));
    assertThrows(
        BlobFailure.Full.class,
        () -> store.store(other, 3, new ByteArrayInputStream(new byte[] {4, 5, 6})));
    usable.set(DiskSpace.RESERVE);
    assertThrows(BlobFailure.Full.class, () -> store.begin(other));
    assertEquals(OptionalLong.empty(), store.size(other));
    usable.set(1L << 40);
    PartTag two = store.put(key, upload, 2, 3, new ByteArrayInputStream(new byte[] {4, 5, 6}));
    usable.set(0);
    store.complete(key, upload, List.of(one, two));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, store.read(key, 0, 6).readAllBytes());
    try (Stream<Path> staged = Files.list(root.resolve("staging"))) {
      assertEquals(0, staged.count());
    }
  }

  @Test
  void aForeignHandleFindsNothing() {
    ObjectKey key = new ObjectKey("00ff/aabb");
    for (String handle : List.of("..", "../objects/aa", "x", "ABCDEF0123456789ABCDEF012345678!")) {
      assertThrows(
          BlobFailure.NoSuchUpload.class,
          () ->
              store.put(
                  key, new UploadHandle(handle), 1, 1, new ByteArrayInputStream(new byte[1])));
    }
  }
}
