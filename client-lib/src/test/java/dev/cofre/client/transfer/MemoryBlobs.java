package dev.cofre.client.transfer;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Uploads;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The part of a server that keeps blobs, in memory, with faults on request. Any other conversation is an error.
final class MemoryBlobs {
  final Map<BlobId, byte[]> blobs = new HashMap<>();
  final Set<UploadId> aborted = new HashSet<>();
  int cutsLeft;
  int cutAfter;
  UnaryOperator<byte[]> resumed = whole -> whole;
  int refusedPart;
  CofreException refusal = new Unreachable("the connection broke");
  int partsPut;

  /// From this place of a blob on nothing comes any more.
  long goneFrom = Long.MAX_VALUE;

  /// Bytes of blobs that were asked for.
  long asked;

  private final Map<UploadId, Uploads.Begin> uploads = new HashMap<>();
  private final Map<UploadId, TreeMap<Integer, byte[]>> parts = new HashMap<>();

  Server server() {
    return (Server)
        Proxy.newProxyInstance(
            Server.class.getClassLoader(),
            new Class<?>[] {Server.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "beginUpload" -> begin((Uploads.Begin) arguments[2]);
                  case "putPart" ->
                      put(
                          (UploadId) arguments[2],
                          (Integer) arguments[3],
                          (ByteBuffer) arguments[4]);
                  case "completeUpload" -> complete((UploadId) arguments[2]);
                  case "abortUpload" -> aborted.add((UploadId) arguments[2]) ? null : null;
                  case "blob" ->
                      blob((BlobId) arguments[2], (Long) arguments[3], (OptionalLong) arguments[4]);
                  default -> throw new AssertionError("unexpected: " + method);
                });
  }

  private synchronized Uploads.State begin(Uploads.Begin begin) {
    uploads.put(begin.upload(), begin);
    List<Uploads.Part> arrived =
        parts.computeIfAbsent(begin.upload(), _ -> new TreeMap<>()).keySet().stream()
            .map(Uploads.Part::new)
            .toList();
    boolean complete = blobs.keySet().containsAll(ids(begin));
    return new Uploads.State(
        begin.upload(),
        begin.length(),
        arrived,
        complete ? Uploads.Stage.COMPLETE : Uploads.Stage.OPEN);
  }

  private static List<BlobId> ids(Uploads.Begin begin) {
    return begin.blobs().stream().map(Uploads.Blob::blob).toList();
  }

  private synchronized Object put(UploadId upload, int number, ByteBuffer part)
      throws CofreException {
    if (number == refusedPart) {
      throw refusal;
    }
    byte[] bytes = new byte[part.remaining()];
    part.duplicate().get(bytes);
    byte[] earlier = parts.get(upload).put(number, bytes);
    if (earlier != null && !Arrays.equals(earlier, bytes)) {
      throw new AssertionError("one key sealed two contents");
    }
    partsPut++;
    return this;
  }

  private synchronized Object complete(UploadId upload) {
    int total = parts.get(upload).values().stream().mapToInt(part -> part.length).sum();
    ByteBuffer object = ByteBuffer.allocate(total);
    parts.get(upload).values().forEach(object::put);
    object.flip();
    for (Uploads.Blob blob : uploads.get(upload).blobs()) {
      byte[] bytes = new byte[(int) blob.length()];
      object.get(bytes);
      blobs.put(blob.blob(), bytes);
    }
    if (object.hasRemaining()) {
      throw new AssertionError("more bytes than announced");
    }
    return this;
  }

  private synchronized InputStream blob(BlobId id, long offset, OptionalLong length)
      throws CofreException {
    byte[] bytes = blobs.get(id);
    if (bytes == null) {
      throw new Refused(Problem.NOT_FOUND.code(), 404, "not there");
    }
    if (offset > 0) {
      bytes = resumed.apply(bytes);
    }
    if (offset > bytes.length) {
      throw new Refused(Problem.RANGE.code(), 416, "it ends before");
    }
    int rest = (int) Math.min(length.orElse(Long.MAX_VALUE), bytes.length - offset);
    asked += rest;
    InputStream in = new ByteArrayInputStream(bytes, (int) offset, rest);
    if (offset + rest > goneFrom) {
      return new CutStream(in, (int) Math.max(0, goneFrom - offset));
    }
    return cutsLeft-- > 0 ? new CutStream(in, cutAfter) : in;
  }

  /// Breaks after some bytes, as a lost connection does.
  private static final class CutStream extends FilterInputStream {
    private int left;

    CutStream(InputStream in, int left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        throw new StreamFailure(new Unreachable("the connection broke"));
      }
      int count = super.read(target, offset, Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }
  }
}
