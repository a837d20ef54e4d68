package dev.cofre.client.transfer;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.SealedContent;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Seals contents and brings them to the server. Each gets a fresh content key and blob id. Small ones travel together in
/// objects of up to 16 MiB, a large one is an object of its own, read, sealed and sent part by part; memory stays at a few
/// parts whatever the length.
public final class Uploader {
  /// Blobs up to this length travel together.
  static final int SMALL = 1 << 20;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final RandomSource random;
  private final Meter meter;

  /// An uploader into one vault.
  public Uploader(Server server, TeamId team, VaultId vault, RandomSource random, Meter meter) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.random = random;
    this.meter = meter;
  }

  /// The context under which the content of a blob is sealed.
  public static byte[] context(TeamId team, VaultId vault, FileId file, BlobId blob) {
    return Context.of(Label.CONTENT, team, vault, file, blob);
  }

  /// What became of one source: one of the two is there.
  public sealed interface Result {
    /// It is on the server.
    record Stored(Source source, Uploaded content) implements Result {}

    /// It could not be read; nothing of it counts.
    record Failed(Source source, LocalState failure) implements Result {}
  }

  /// Brings all of them, in order, and hands over each result as soon as its object is complete. A source that cannot be read
  /// is a result; a server that cannot be reached ends the call.
  public void upload(List<Source> sources, Consumer<Result> results) throws CofreException {
    Pack pack = new Pack();
    for (Source source : sources) {
      try {
        FileFacts facts = FileFacts.of(source.path());
        if (PaddedFrame.sealedLength(facts.length()) > SMALL) {
          results.accept(new Result.Stored(source, large(source, facts)));
        } else {
          pack.add(source, facts, results);
        }
      } catch (LocalState unreadable) {
        results.accept(new Result.Failed(source, unreadable));
      }
    }
    pack.send(results);
  }

  private Uploaded large(Source source, FileFacts facts) throws CofreException {
    BlobId blob = new BlobId(random.bytes(BlobId.LENGTH));
    long length = PaddedFrame.sealedLength(facts.length());
    SecretBytes key = random.secret(32);
    try (SealedContent sealed = seal(source, facts, blob, key);
        PartSender sender = sender(List.of(new Uploads.Blob(blob, length)))) {
      sender.sendAll(sealed);
      facts.requireUnchanged(source.path());
      sender.complete();
      return new Uploaded(source.file(), blob, key, facts, hash(sealed), length);
    } catch (StreamFailure carried) {
      key.close();
      throw carried.failure();
    } catch (IOException e) {
      key.close();
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + source.path(), e);
    } catch (CofreException | RuntimeException e) {
      key.close();
      throw e;
    }
  }

  private PartSender sender(List<Uploads.Blob> blobs) throws CofreException {
    UploadId upload = new UploadId(random.bytes(UploadId.LENGTH));
    return PartSender.begin(server, team, vault, new Uploads.Begin(upload, blobs));
  }

  private SealedContent seal(Source source, FileFacts facts, BlobId blob, SecretBytes key)
      throws IOException {
    InputStream in = Files.newInputStream(source.path(), LinkOption.NOFOLLOW_LINKS);
    return ContentSeal.seal(
        key,
        context(team, vault, source.file(), blob),
        new MeteredStream(in, meter),
        facts.length(),
        random);
  }

  private static Bytes hash(SealedContent sealed) {
    return sealed.contentHash().orElseThrow(() -> new IllegalStateException("not at its end"));
  }

  /// Small contents on their way into one object.
  private final class Pack {
    private final List<Result.Stored> contents = new ArrayList<>();
    private final List<Uploads.Blob> blobs = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(Source source, FileFacts facts, Consumer<Result> results) throws CofreException {
      BlobId blob = new BlobId(random.bytes(BlobId.LENGTH));
      SecretBytes key = random.secret(32);
      byte[] ciphertext;
      Bytes hash;
      try (SealedContent sealed = seal(source, facts, blob, key)) {
        ciphertext = sealed.readAllBytes();
        facts.requireUnchanged(source.path());
        hash = hash(sealed);
      } catch (StreamFailure carried) {
        key.close();
        throw carried.failure();
      } catch (IOException e) {
        key.close();
        throw new LocalState(LocalState.Kind.FILE, "cannot read " + source.path(), e);
      }
      if (bytes.size() + ciphertext.length > Uploads.MAX_PACK || blobs.size() == 4096) {
        send(results);
      }
      bytes.writeBytes(ciphertext);
      blobs.add(new Uploads.Blob(blob, ciphertext.length));
      contents.add(
          new Result.Stored(
              source, new Uploaded(source.file(), blob, key, facts, hash, ciphertext.length)));
    }

    void send(Consumer<Result> results) throws CofreException {
      if (contents.isEmpty()) {
        return;
      }
      try (PartSender sender = sender(List.copyOf(blobs))) {
        sender.sendAll(new ByteArrayInputStream(bytes.toByteArray()));
        sender.complete();
      } catch (IOException e) {
        throw new IllegalStateException("memory does not fail", e);
      }
      contents.forEach(results);
      contents.clear();
      blobs.clear();
      bytes.reset();
    }
  }

  /// Tells the meter what is read.
  private static final class MeteredStream extends FilterInputStream {
    private final Meter meter;

    MeteredStream(InputStream in, Meter meter) {
      super(in);
      this.meter = meter;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        meter.moved(1);
      }
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        meter.moved(count);
      }
      return count;
    }
  }
}
