package dev.cofre.server.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Another store that fails when a test says so: at the n-th call, before it does anything or after it has done all, as
/// when an answer is lost. Counting the calls of a good run and failing at each in turn visits every partial failure.
public final class FaultyBlobStore implements BlobStore {
  /// When in a call the failure happens.
  public enum Moment {
    BEFORE,
    AFTER
  }

  private final BlobStore store;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int failing = -1;
  private volatile Moment moment = Moment.BEFORE;
  private volatile Predicate<ObjectKey> failingKeys = _ -> false;
  private volatile Supplier<IOException> failure = () -> new IOException("failed as told");
  private final AtomicInteger open = new AtomicInteger();

  public FaultyBlobStore(BlobStore store) {
    this.store = store;
  }

  /// Fails one call, counted from 1 and from now.
  public void failAt(int call, Moment when) {
    calls.set(0);
    moment = when;
    failing = call;
  }

  /// How many calls were made since the start or the last [#failAt].
  public int calls() {
    return calls.get();
  }

  /// Fails every call about one of these objects from now on, until [#heal].
  public void failFor(Predicate<ObjectKey> keys, Supplier<IOException> how) {
    failure = how;
    failingKeys = keys;
  }

  /// Fails no call any more.
  public void heal() {
    failing = -1;
    failingKeys = _ -> false;
  }

  /// How many streams that were given out are not closed yet.
  public int openStreams() {
    return open.get();
  }

  private void check(ObjectKey key) throws IOException {
    if (failingKeys.test(key)) {
      throw failure.get();
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws IOException;
  }

  private <T> T call(Call<T> call) throws IOException {
    boolean fails = calls.incrementAndGet() == failing;
    if (fails && moment == Moment.BEFORE) {
      throw new BlobFailure.Unavailable("failed as told, before", 503);
    }
    T result = call.run();
    if (fails) {
      throw new BlobFailure.Unavailable("failed as told, after", 0);
    }
    return result;
  }

  private interface Run {
    void run() throws IOException;
  }

  private void run(Run run) throws IOException {
    call(() -> {
      run.run();
      return true;
    });
  }

  @Override
  public void store(ObjectKey key, long length, InputStream content) throws IOException {
    check(key);
    run(() -> store.store(key, length, content));
  }

  @Override
  public UploadHandle begin(ObjectKey key) throws IOException {
    check(key);
    return call(() -> store.begin(key));
  }

  @Override
  public PartTag put(
      ObjectKey key, UploadHandle upload, int number, long length, InputStream content)
      throws IOException {
    check(key);
    return call(() -> store.put(key, upload, number, length, content));
  }

  @Override
  public void complete(ObjectKey key, UploadHandle upload, List<PartTag> parts) throws IOException {
    check(key);
    run(() -> store.complete(key, upload, parts));
  }

  @Override
  public void abort(ObjectKey key, UploadHandle upload) throws IOException {
    check(key);
    run(() -> store.abort(key, upload));
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) throws IOException {
    check(key);
    InputStream stream = call(() -> store.read(key, offset, length));
    open.incrementAndGet();
    return new FilterInputStream(stream) {
      private boolean closed;

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          open.decrementAndGet();
        }
        super.close();
      }
    };
  }

  @Override
  public void requireReadable(ObjectKey key, long offset, long length) throws IOException {
    check(key);
    run(() -> store.requireReadable(key, offset, length));
  }

  @Override
  public OptionalLong size(ObjectKey key) throws IOException {
    return call(() -> store.size(key));
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    check(key);
    run(() -> store.delete(key));
  }

  @Override
  public void forEach(String prefix, Consumer<ObjectKey> keys) throws IOException {
    run(() -> store.forEach(prefix, keys));
  }

  @Override
  public int abandonUploads(Instant before, Set<UploadHandle> needed) throws IOException {
    return call(() -> store.abandonUploads(before, needed));
  }

  @Override
  public void probe() throws IOException {
    run(store::probe);
  }
}
