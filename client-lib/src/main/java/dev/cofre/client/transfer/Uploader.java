package dev.cofre.client.transfer;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import java.util.List;
import java.util.function.Consumer;

/// Seals contents and brings them to the server. Each has a content key and a blob id of its own. Small ones travel together in
/// objects of up to 8 MiB, a large one is an object of its own, read, sealed and sent part by part; memory stays at a few
/// parts whatever the length.
public final class Uploader {
  private static final int SMALL = 1 << 20;

  private final Server server;
  private final TeamId team;
  private final VaultId vault;
  private final RandomSource random;
  private final Sealing sealing;

  /// An uploader into one vault.
  public Uploader(Server server, TeamId team, VaultId vault, RandomSource random, Meter meter) {
    this.server = server;
    this.team = team;
    this.vault = vault;
    this.random = random;
    this.sealing = new Sealing(team, vault, meter);
  }

  /// Whether a content of so many bytes is an object of its own, whose upload a [Source#journal] can let go on later. Blobs up to 1 MiB
  /// travel together.
  public static boolean travelsAlone(long length) {
    return PaddedFrame.sealedLength(length) > SMALL;
  }

  /// What became of one source: one of the two is there.
  public sealed interface Result {
    /// It is on the server.
    record Stored(Source source, Uploaded content) implements Result {}

    /// It could not be read; nothing of it counts.
    record Failed(Source source, LocalState failure) implements Result {}
  }

  /// Brings all of them, and hands over each result as soon as its object is complete. A source that cannot be read is a result; a server
  /// that cannot be reached ends the call. Packs are sent while the next one is sealed.
  public void upload(List<Source> sources, Consumer<Result> results) throws CofreException {
    Pack pack = new Pack(random, sealing);
    try (PackSender sender = new PackSender(server, team, vault, results)) {
      for (Source source : sources) {
        try {
          FileFacts facts = FileFacts.of(source.path());
          if (travelsAlone(facts.length())) {
            results.accept(new Result.Stored(source, large(source, facts).run()));
            continue;
          }
          if (!pack.takes(facts.length())) {
            sender.send(pack);
            pack = new Pack(random, sealing);
          }
          pack.add(source, facts);
        } catch (LocalState unreadable) {
          results.accept(new Result.Failed(source, unreadable));
        }
      }
      if (!pack.isEmpty()) {
        sender.send(pack);
      }
      sender.finish();
    } finally {
      pack.close();
    }
  }

  private LargeUpload large(Source source, FileFacts facts) {
    return new LargeUpload(server, team, vault, random, sealing, source, facts);
  }
}
