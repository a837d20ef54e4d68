package dev.cofre.server.blob;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A store in memory for tests, true to the contract.
public final class MemoryBlobStore implements BlobStore {
  private record Part(String tag, byte[] bytes) {}

  private record Upload(Instant begun, Map<Integer, Part> parts) {}

  private record Stored(String upload, byte[] bytes) {}

  private final Map<String, Stored> objects = new TreeMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();
  private long counter;

  private static byte[] take(long length, InputStream content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new AnnouncedContent(content, length).copyTo(bytes);
    return bytes.toByteArray();
  }

  @Override
  public void store(ObjectKey key, long length, InputStream content) throws IOException {
    byte[] bytes = take(length, content);
    synchronized (this) {
      if (objects.putIfAbsent(key.value(), new Stored("", bytes)) != null) {
        throw new BlobFailure.ObjectExists(key);
      }
    }
  }

  @Override
  public synchronized UploadHandle begin(ObjectKey key) {
    UploadHandle upload = new UploadHandle("upload-" + ++counter);
    uploads.put(upload.value(), new Upload(Instant.now(), new HashMap<>()));
    return upload;
  }

  @Override
  public PartTag put(
      ObjectKey key, UploadHandle upload, int number, long length, InputStream content)
      throws IOException {
    PartTag.requireNumber(number);
    byte[] bytes = take(length, content);
    synchronized (this) {
      Part part = new Part("tag-" + ++counter, bytes);
      upload(key, upload).parts().put(number, part);
      return new PartTag(number, length, part.tag());
    }
  }

  private Upload upload(ObjectKey key, UploadHandle upload) throws BlobFailure {
    Upload found = uploads.get(upload.value());
    if (found == null) {
      throw new BlobFailure.NoSuchUpload(key);
    }
    return found;
  }

  @Override
  public synchronized void complete(ObjectKey key, UploadHandle upload, List<PartTag> tags)
      throws IOException {
    PartTag.requireWhole(tags);
    Stored stored = objects.get(key.value());
    if (stored != null) {
      if (stored.upload().equals(upload.value())) {
        return;
      }
      throw new BlobFailure.ObjectExists(key);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (PartTag tag : tags) {
      Part part = upload(key, upload).parts().get(tag.number());
      if (part == null || !part.tag().equals(tag.tag()) || part.bytes().length != tag.length()) {
        throw new BlobFailure.NoSuchPart(key, "number " + tag.number());
      }
      bytes.writeBytes(part.bytes());
    }
    objects.put(key.value(), new Stored(upload.value(), bytes.toByteArray()));
    uploads.remove(upload.value());
  }

  @Override
  public synchronized void abort(ObjectKey key, UploadHandle upload) {
    uploads.remove(upload.value());
  }

  @Override
  public synchronized InputStream read(ObjectKey key, long offset, long length) throws IOException {
    PartTag.requireLength(length);
    Stored stored = objects.get(key.value());
    if (stored == null) {
      throw new BlobFailure.NoSuchObject(key);
    }
    int size = stored.bytes().length;
    if (offset < 0 || offset > size || length > size - offset) {
      throw new BlobFailure.OutOfRange(key, offset, length);
    }
    return new ByteArrayInputStream(stored.bytes(), (int) offset, (int) length);
  }

  @Override
  public void requireReadable(ObjectKey key, long offset, long length) throws IOException {
    read(key, offset, length).close();
  }

  @Override
  public synchronized OptionalLong size(ObjectKey key) {
    Stored stored = objects.get(key.value());
    return stored == null ? OptionalLong.empty() : OptionalLong.of(stored.bytes().length);
  }

  @Override
  public synchronized void delete(ObjectKey key) {
    objects.remove(key.value());
  }

  @Override
  public void forEach(String prefix, Consumer<ObjectKey> keys) {
    List<String> found;
    synchronized (this) {
      found = new ArrayList<>(objects.keySet());
    }
    found.stream().filter(key -> key.startsWith(prefix)).map(ObjectKey::new).forEach(keys);
  }

  @Override
  public synchronized int abandonUploads(Instant before, Set<UploadHandle> needed) {
    int count = uploads.size();
    uploads
        .entrySet()
        .removeIf(upload ->
            !needed.contains(new UploadHandle(upload.getKey()))
                && upload.getValue().begun().isBefore(before));
    return count - uploads.size();
  }

  @Override
  public void probe() {}
}
