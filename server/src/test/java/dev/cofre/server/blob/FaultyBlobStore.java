package dev.cofre.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
    run(() -> store.store(key, length, content));
  }

  @Override
  public UploadHandle begin(ObjectKey key) throws IOException {
    return call(() -> store.begin(key));
  }

  @Override
  public PartTag put(
      ObjectKey key, UploadHandle upload, int number, long length, InputStream content)
      throws IOException {
    return call(() -> store.put(key, upload, number, length, content));
  }

  @Override
  public void complete(ObjectKey key, UploadHandle upload, List<PartTag> parts) throws IOException {
    run(() -> store.complete(key, upload, parts));
  }

  @Override
  public void abort(ObjectKey key, UploadHandle upload) throws IOException {
    run(() -> store.abort(key, upload));
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) throws IOException {
    return call(() -> store.read(key, offset, length));
  }

  @Override
  public OptionalLong size(ObjectKey key) throws IOException {
    return call(() -> store.size(key));
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    run(() -> store.delete(key));
  }

  @Override
  public void forEach(String prefix, Consumer<ObjectKey> keys) throws IOException {
    run(() -> store.forEach(prefix, keys));
  }

  @Override
  public int abandonUploads(Instant before) throws IOException {
    return call(() -> store.abandonUploads(before));
  }

  @Override
  public void probe() throws IOException {
    run(store::probe);
  }
}
