package dev.cofre.client.transfer;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.SealedContent;
import dev.cofre.client.remote.Server;
import dev.cofre.client.replica.Stored.UploadFact.Begun;
import dev.cofre.client.replica.UploadJournal;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One content as an object of its own: read, sealed and sent part by part. Where there is a journal, an upload that the network
/// or a server in trouble interrupted goes on under the same key, as long as the file is the same; any other begins again under a fresh one.
final class LargeUpload {
  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final RandomSource random;
  private final Sealing sealing;
  private final Source source;
  private final FileFacts facts;

  LargeUpload(
      Server server,
      TeamId team,
      VaultId vault,
      RandomSource random,
      Sealing sealing,
      Source source,
      FileFacts facts) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.random = random;
    this.sealing = sealing;
    this.source = source;
    this.facts = facts;
  }

  Uploaded run() throws CofreException {
    Optional<Begun> earlier =
        source.journal().flatMap(UploadJournal::begun).filter(this::isForThisFile);
    if (earlier.isPresent()) {
      try {
        return send(earlier.get());
      } catch (LocalState _) {
        // The file is another by now.
      } catch (Refused refused) {
        if (refused.passes()) {
          throw refused;
        }
        // The server gave the upload up.
      }
    }
    Begun fresh = begin();
    if (source.journal().isPresent()) {
      source.journal().get().begin(fresh);
    }
    return send(fresh);
  }

  private boolean isForThisFile(Begun begun) {
    return begun.file().equals(source.file()) && begun.mark().equals(facts.mark());
  }

  private Begun begin() {
    return new Begun(
        new UploadId(random.bytes(UploadId.LENGTH)),
        source.file(),
        new BlobId(random.bytes(BlobId.LENGTH)),
        facts.mark(),
        random.bytes(Cobblestone.KEY_LENGTH),
        random.bytes(Cobblestone.SALT_LENGTH));
  }

  private Uploaded send(Begun begun) throws CofreException {
    long length = PaddedFrame.sealedLength(facts.length());
    SecretBytes key = SecretBytes.taking(begun.key().toArray());
    Uploads.Begin upload =
        new Uploads.Begin(begun.upload(), List.of(new Uploads.Blob(begun.blob(), length)));
    try (PartSender sender = PartSender.begin(server, team, vault, upload, source.journal())) {
      Bytes hash = send(sender, begun, key);
      return new Uploaded(source.file(), begun.blob(), key, facts, hash, length);
    } catch (CofreException | RuntimeException e) {
      key.close();
      throw e;
    }
  }

  private Bytes send(PartSender sender, Begun begun, SecretBytes key) throws CofreException {
    try (SealedContent sealed =
        sealing.seal(source, facts, begun.blob(), key, salt -> begun.salt().copyTo(salt, 0))) {
      sender.sendAll(sealed);
      facts.requireUnchanged(source.path());
      sender.complete();
      return Sealing.hash(sealed);
    } catch (CofreException | RuntimeException e) {
      if (source.journal().isEmpty() || !passes(e)) {
        giveUp(sender);
      }
      throw e;
    } catch (StreamFailure carried) {
      giveUp(sender);
      throw carried.failure();
    } catch (IOException e) {
      giveUp(sender);
      throw new LocalState(LocalState.Kind.FILE, "cannot read " + source.path(), e);
    }
  }

  /// Whether a later run may go on from here.
  private static boolean passes(Exception failure) {
    return failure instanceof Unreachable
        || (failure instanceof Refused refused && refused.passes());
  }

  private void giveUp(PartSender sender) throws LocalState {
    sender.abort();
    if (source.journal().isPresent()) {
      source.journal().get().discard();
    }
  }
}
