package dev.cofre.server.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every [BlobStore] does, run over each of them.
abstract class BlobStoreContract {
  private static final Random RANDOM = new Random();

  /// The store under test; it may hold objects of other tests.
  abstract BlobStore store();

  /// The length of a part that is not the last, in bytes.
  abstract int partLength();

  /// Whether the store notices a part put for an upload that is gone.
  boolean knowsItsUploads() {
    return true;
  }

  private final String team = randomHex(16);

  private ObjectKey key() {
    return new ObjectKey(team + "/" + randomHex(16));
  }

  static String randomHex(int bytes) {
    return HexFormat.of().formatHex(content(bytes));
  }

  static byte[] content(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private PartTag put(ObjectKey key, UploadHandle upload, int number, byte[] bytes)
      throws IOException {
    return store().put(key, upload, number, bytes.length, new ByteArrayInputStream(bytes));
  }

  private void store(ObjectKey key, byte[] bytes) throws IOException {
    store().store(key, bytes.length, new ByteArrayInputStream(bytes));
  }

  private byte[] read(ObjectKey key, long offset, int length) throws IOException {
    try (InputStream in = store().read(key, offset, length)) {
      return in.readAllBytes();
    }
  }

  private byte[] readAll(ObjectKey key) throws IOException {
    return read(key, 0, (int) store().size(key).orElseThrow());
  }

  private void assertGone(ObjectKey key, UploadHandle upload) {
    if (knowsItsUploads()) {
      assertThrows(BlobFailure.NoSuchUpload.class, () -> put(key, upload, 1, new byte[] {8}));
    }
  }

  /// An object of three parts, the last an odd one.
  private byte[] threeParts() {
    return content(2 * partLength() + 1234);
  }

  private List<byte[]> cut(byte[] bytes) {
    List<byte[]> parts = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += partLength()) {
      parts.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + partLength())));
    }
    return parts;
  }

  private List<PartTag> putAll(ObjectKey key, UploadHandle upload, byte[] bytes)
      throws IOException {
    List<PartTag> tags = new ArrayList<>();
    for (byte[] part : cut(bytes)) {
      tags.add(put(key, upload, tags.size() + 1, part));
    }
    return tags;
  }

  @Test
  void storesAndReadsOneByte() throws IOException {
    ObjectKey key = key();
    assertEquals(OptionalLong.empty(), store().size(key));
    store(key, new byte[] {42});
    assertEquals(OptionalLong.of(1), store().size(key));
    assertArrayEquals(new byte[] {42}, readAll(key));
  }

  @Test
  void refusesAnEmptyObject() throws IOException {
    ObjectKey key = key();
    assertThrows(IllegalArgumentException.class, () -> store(key, new byte[0]));
    UploadHandle upload = store().begin(key);
    assertThrows(IllegalArgumentException.class, () -> put(key, upload, 1, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> store().complete(key, upload, List.of()));
    store().abort(key, upload);
  }

  @Test
  void readsNoMoreOfTheContentThanAnnounced() throws IOException {
    ObjectKey key = key();
    InputStream content = new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5});
    store().store(key, 3, content);
    assertArrayEquals(new byte[] {1, 2, 3}, readAll(key));
    assertEquals(4, content.read());
  }

  @Test
  void shortContentStoresNothing() throws IOException {
    ObjectKey key = key();
    InputStream content = new ByteArrayInputStream(content(100_000));
    assertThrows(BlobFailure.ShortContent.class, () -> store().store(key, 100_001, content));
    assertEquals(OptionalLong.empty(), store().size(key));
    store(key, new byte[] {1});
    assertArrayEquals(new byte[] {1}, readAll(key));
  }

  @Test
  void aFailureOfTheContentIsPassedOnAsItIs() throws IOException {
    ObjectKey key = key();
    IOException gone = new IOException("the sender is gone");
    InputStream content =
        new FilterInputStream(new ByteArrayInputStream(content(100))) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read < 0) {
              throw gone;
            }
            return read;
          }
        };
    assertEquals(gone, assertThrows(IOException.class, () -> store().store(key, 200, content)));
    assertEquals(OptionalLong.empty(), store().size(key));
  }

  @Test
  void aStoredObjectIsNeverReplaced() throws IOException {
    ObjectKey key = key();
    store(key, new byte[] {1});
    assertThrows(BlobFailure.ObjectExists.class, () -> store(key, new byte[] {2}));
    UploadHandle upload = store().begin(key);
    PartTag tag = put(key, upload, 1, new byte[] {3});
    assertThrows(BlobFailure.ObjectExists.class, () -> store().complete(key, upload, List.of(tag)));
    store().abort(key, upload);
    assertArrayEquals(new byte[] {1}, readAll(key));
  }

  @Test
  void aCompletedObjectIsNeverReplaced() throws IOException {
    ObjectKey key = key();
    UploadHandle first = store().begin(key);
    UploadHandle second = store().begin(key);
    PartTag one = put(key, first, 1, new byte[] {1});
    PartTag two = put(key, second, 1, new byte[] {2});
    store().complete(key, first, List.of(one));
    assertThrows(BlobFailure.ObjectExists.class, () -> store().complete(key, second, List.of(two)));
    assertThrows(BlobFailure.ObjectExists.class, () -> store(key, new byte[] {3}));
    store().abort(key, second);
    assertArrayEquals(new byte[] {1}, readAll(key));
  }

  @Test
  void partsMakeAnObjectOnlyWhenCompleted() throws IOException {
    ObjectKey key = key();
    byte[] bytes = threeParts();
    UploadHandle upload = store().begin(key);
    List<PartTag> tags = putAll(key, upload, bytes);
    assertEquals(OptionalLong.empty(), store().size(key));
    refusesToRead(BlobFailure.NoSuchObject.class, key, 0, 1);
    store().complete(key, upload, tags);
    assertEquals(OptionalLong.of(bytes.length), store().size(key));
    assertArrayEquals(bytes, readAll(key));
  }

  @Test
  void rangesAreExact() throws IOException {
    ObjectKey key = key();
    byte[] bytes = threeParts();
    UploadHandle upload = store().begin(key);
    store().complete(key, upload, putAll(key, upload, bytes));
    int part = partLength();
    for (int[] range :
        new int[][] {
          {0, 1},
          {bytes.length - 1, 1},
          {part - 1, 2},
          {part, part},
          {part - 5, part + 10},
          {7, 1000}
        }) {
      assertArrayEquals(
          Arrays.copyOfRange(bytes, range[0], range[0] + range[1]), read(key, range[0], range[1]));
    }
    refusesToRead(BlobFailure.OutOfRange.class, key, bytes.length, 1);
    refusesToRead(BlobFailure.OutOfRange.class, key, bytes.length - 1L, 2);
    refusesToRead(BlobFailure.OutOfRange.class, key, -1, 1);
    refusesToRead(BlobFailure.OutOfRange.class, key, Long.MAX_VALUE, 1);
    refusesToRead(IllegalArgumentException.class, key, 0, 0);
    store().requireReadable(key, 0, bytes.length);
  }

  private void refusesToRead(
      Class<? extends Exception> why, ObjectKey key, long offset, int length) {
    assertThrows(why, () -> read(key, offset, length));
    assertThrows(why, () -> store().requireReadable(key, offset, length));
  }

  @Test
  void partsMayComeInParallelAndInAnyOrder() throws Exception {
    ObjectKey key = key();
    byte[] bytes = content(3 * partLength() + 1);
    List<byte[]> parts = cut(bytes);
    UploadHandle upload = store().begin(key);
    List<Callable<PartTag>> puts = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int number = i + 1;
      puts.add(() -> put(key, upload, number, parts.get(number - 1)));
    }
    Collections.reverse(puts);
    List<PartTag> tags = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<PartTag> put : threads.invokeAll(puts)) {
        tags.addFirst(put.get());
      }
    }
    store().complete(key, upload, tags);
    assertArrayEquals(bytes, readAll(key));
  }

  @Test
  void aPartPutAgainReplacesTheEarlierOne() throws IOException {
    ObjectKey key = key();
    UploadHandle upload = store().begin(key);
    PartTag earlier = put(key, upload, 1, new byte[] {1, 1, 1});
    PartTag later = put(key, upload, 1, new byte[] {2, 2});
    assertThrows(
        BlobFailure.NoSuchPart.class, () -> store().complete(key, upload, List.of(earlier)));
    store().complete(key, upload, List.of(later));
    assertArrayEquals(new byte[] {2, 2}, readAll(key));
  }

  @Test
  void aShortBodyLeavesTheEarlierPart() throws IOException {
    ObjectKey key = key();
    UploadHandle upload = store().begin(key);
    PartTag earlier = put(key, upload, 1, new byte[] {1, 2, 3});
    InputStream cut = new ByteArrayInputStream(new byte[] {9, 9});
    assertThrows(BlobFailure.ShortContent.class, () -> store().put(key, upload, 1, 3, cut));
    store().complete(key, upload, List.of(earlier));
    assertArrayEquals(new byte[] {1, 2, 3}, readAll(key));
  }

  @Test
  void completingNeedsEveryPart() throws IOException {
    ObjectKey key = key();
    UploadHandle upload = store().begin(key);
    byte[] bytes = content(partLength());
    PartTag one = put(key, upload, 1, bytes);
    PartTag invented = new PartTag(2, 5, one.tag());
    assertThrows(
        BlobFailure.NoSuchPart.class, () -> store().complete(key, upload, List.of(one, invented)));
    assertEquals(OptionalLong.empty(), store().size(key));
    PartTag two = put(key, upload, 2, new byte[] {5});
    assertThrows(
        IllegalArgumentException.class, () -> store().complete(key, upload, List.of(two, one)));
    store().complete(key, upload, List.of(one, two));
    assertEquals(OptionalLong.of(bytes.length + 1L), store().size(key));
  }

  @Test
  void completingTwiceIsCompletingOnce() throws IOException {
    ObjectKey key = key();
    UploadHandle upload = store().begin(key);
    List<PartTag> tags = List.of(put(key, upload, 1, new byte[] {7}));
    store().complete(key, upload, tags);
    store().complete(key, upload, tags);
    assertArrayEquals(new byte[] {7}, readAll(key));
    assertGone(key, upload);
    store().abort(key, upload);
    assertArrayEquals(new byte[] {7}, readAll(key));
  }

  @Test
  void completingManyTimesAtOnceIsCompletingOnce() throws Exception {
    for (int round = 0; round < rounds(); round++) {
      ObjectKey key = key();
      byte[] bytes = content(1 + partLength() / 3);
      UploadHandle upload = store().begin(key);
      List<PartTag> tags = List.of(put(key, upload, 1, bytes));
      List<Callable<Optional<IOException>>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> outcome(() -> store().complete(key, upload, tags)));
      }
      for (Optional<IOException> outcome : atOnce(calls)) {
        assertEquals(Optional.empty(), outcome);
      }
      assertArrayEquals(bytes, readAll(key));
    }
  }

  @Test
  void completingAndAbortingAtOnceMakesTheObjectOrNothing() throws Exception {
    for (int round = 0; round < rounds(); round++) {
      ObjectKey key = key();
      UploadHandle upload = store().begin(key);
      List<PartTag> tags = List.of(put(key, upload, 1, new byte[] {1, 2, 3}));
      List<Optional<IOException>> outcomes =
          atOnce(
              List.of(
                  () -> outcome(() -> store().abort(key, upload)),
                  () -> outcome(() -> store().complete(key, upload, tags)),
                  () -> outcome(() -> store().complete(key, upload, tags))));
      assertEquals(Optional.empty(), outcomes.getFirst());
      boolean done = outcomes.subList(1, 3).stream().anyMatch(Optional::isEmpty);
      outcomes.stream()
          .flatMap(Optional::stream)
          .forEach(failure -> assertInstanceOf(BlobFailure.NoSuchUpload.class, failure));
      assertEquals(done ? OptionalLong.of(3) : OptionalLong.empty(), store().size(key));
      if (done) {
        assertArrayEquals(new byte[] {1, 2, 3}, readAll(key));
      }
    }
  }

  @Test
  void completingWhileAPartIsPutAgainMakesWhatWasPromisedOrNothing() throws Exception {
    for (int round = 0; knowsItsUploads() && round < rounds(); round++) {
      ObjectKey key = key();
      UploadHandle upload = store().begin(key);
      List<PartTag> tags = List.of(put(key, upload, 1, new byte[] {1, 2, 3}));
      List<PartTag> later = Collections.synchronizedList(new ArrayList<>());
      List<Optional<IOException>> outcomes =
          atOnce(
              List.of(
                  () -> outcome(() -> later.add(put(key, upload, 1, new byte[] {4, 5, 6}))),
                  () -> outcome(() -> store().complete(key, upload, tags))));
      byte[] promised = {1, 2, 3};
      if (outcomes.getLast().isPresent()) {
        assertInstanceOf(BlobFailure.NoSuchPart.class, outcomes.getLast().get());
        store().complete(key, upload, later);
        promised = new byte[] {4, 5, 6};
      } else if (outcomes.getFirst().isPresent()) {
        assertInstanceOf(BlobFailure.NoSuchUpload.class, outcomes.getFirst().get());
      }
      assertArrayEquals(promised, readAll(key));
    }
  }

  /// How often a race is run.
  int rounds() {
    return 60;
  }

  /// Something that a store may refuse.
  private interface Attempt {
    void run() throws IOException;
  }

  private static Optional<IOException> outcome(Attempt attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<Callable<T>> together = new ArrayList<>();
    for (Callable<T> call : calls) {
      together.add(() -> {
        start.await();
        return call.call();
      });
    }
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (Future<T> future : threads.invokeAll(together)) {
        results.add(future.get());
      }
    }
    return results;
  }

  @Test
  void anAbortedUploadIsGone() throws IOException {
    ObjectKey key = key();
    UploadHandle upload = store().begin(key);
    List<PartTag> tags = List.of(put(key, upload, 1, new byte[] {7}));
    store().abort(key, upload);
    store().abort(key, upload);
    store().abort(key, new UploadHandle("of-another-store"));
    assertThrows(BlobFailure.NoSuchUpload.class, () -> store().complete(key, upload, tags));
    assertGone(key, upload);
    assertEquals(OptionalLong.empty(), store().size(key));
  }

  @Test
  void deletingIsFinalAndMayBeRepeated() throws IOException {
    ObjectKey whole = key();
    ObjectKey parts = key();
    store(whole, new byte[] {1});
    UploadHandle upload = store().begin(parts);
    store().complete(parts, upload, putAll(parts, upload, threeParts()));
    for (ObjectKey key : List.of(whole, parts, key())) {
      store().delete(key);
      store().delete(key);
      assertEquals(OptionalLong.empty(), store().size(key));
      assertThrows(BlobFailure.NoSuchObject.class, () -> read(key, 0, 1));
    }
  }

  @Test
  void listsCompletedObjectsByPrefix() throws IOException {
    List<ObjectKey> all = new ArrayList<>();
    for (String last : List.of("aabb", "aacc", "aacd/00ff", "aa/cc", "bb")) {
      ObjectKey key = new ObjectKey(team + "/" + last);
      store(key, new byte[] {1});
      all.add(key);
    }
    ObjectKey parts = new ObjectKey(team + "/cc/dd");
    UploadHandle upload = store().begin(parts);
    List<PartTag> tags = putAll(parts, upload, threeParts());
    assertEquals(all.stream().sorted(ByValue.ORDER).toList(), listed(team));
    store().complete(parts, upload, tags);
    all.add(parts);
    assertEquals(all.stream().sorted(ByValue.ORDER).toList(), listed(team + "/"));
    assertEquals(
        all.stream().filter(k -> k.value().startsWith(team + "/aa")).sorted(ByValue.ORDER).toList(),
        listed(team + "/aa"));
    assertEquals(List.of(), listed(team + "/ff"));
    assertEquals(List.of(), listed(randomHex(16) + "/"));
    assertTrue(listed("").containsAll(all));
  }

  private List<ObjectKey> listed(String prefix) throws IOException {
    List<ObjectKey> keys = new ArrayList<>();
    store().forEach(prefix, keys::add);
    return keys.stream().sorted(ByValue.ORDER).toList();
  }

  private enum ByValue {
    ;
    static final java.util.Comparator<ObjectKey> ORDER =
        java.util.Comparator.comparing(ObjectKey::value);
  }

  @Test
  void manyReadAtOnce() throws Exception {
    ObjectKey key = key();
    byte[] bytes = threeParts();
    UploadHandle upload = store().begin(key);
    store().complete(key, upload, putAll(key, upload, bytes));
    List<Callable<Boolean>> reads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int from = i * 100_000;
      reads.add(() ->
          Arrays.equals(Arrays.copyOfRange(bytes, from, from + 200_000), read(key, from, 200_000)));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> read : threads.invokeAll(reads)) {
        assertTrue(read.get());
      }
    }
  }

  @Test
  void streamsClosedEarlyHoldNothing() throws IOException {
    ObjectKey key = key();
    byte[] bytes = content(2_000_000);
    store(key, bytes);
    for (int i = 0; i < 50; i++) {
      try (InputStream in = store().read(key, 0, bytes.length)) {
        assertEquals(bytes[0], (byte) in.read());
      }
    }
    assertArrayEquals(Arrays.copyOf(bytes, 10), read(key, 0, 10));
  }

  @Test
  void abandonsUploadsFromBeforeThatNobodyNeeds() throws IOException {
    ObjectKey done = key();
    UploadHandle finished = store().begin(done);
    store().complete(done, finished, List.of(put(done, finished, 1, new byte[] {1})));
    ObjectKey key = key();
    UploadHandle upload = store().begin(key);
    PartTag tag = put(key, upload, 1, new byte[] {7});
    store().abandonUploads(Instant.now().minus(Duration.ofDays(1)), Set.of());
    assertEquals(tag.length(), put(key, upload, 1, new byte[] {7}).length());
    Instant later = Instant.now().plus(Duration.ofDays(1));
    store().abandonUploads(later, Set.of(upload));
    PartTag again = put(key, upload, 1, new byte[] {9});
    assertEquals(tag.number(), again.number());
    assertTrue(store().abandonUploads(later, Set.of()) >= 1);
    assertThrows(
        BlobFailure.NoSuchUpload.class, () -> store().complete(key, upload, List.of(again)));
    assertGone(key, upload);
    assertArrayEquals(new byte[] {1}, readAll(done));
    store().probe();
  }
}
