package dev.cofre.server.blob;

final class MemoryBlobStoreTest extends BlobStoreContract {
  private final MemoryBlobStore store = new MemoryBlobStore();

  @Override
  BlobStore store() {
    return store;
  }

  @Override
  int partLength() {
    return 1_000_000;
  }
}
