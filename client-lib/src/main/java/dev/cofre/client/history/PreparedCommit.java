package dev.cofre.client.history;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.PaddedRecord;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.client.keys.Wraps;
import dev.cofre.client.replica.Stored.Fact;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.VaultRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// A signed commit with its sealed records and a bundle for each recipient, ready to send: as many of the drafts as fit into 4096
/// changes and about 12 MiB.
final class PreparedCommit implements AutoCloseable {
  private static final int MAX_BODY = 12 << 20;
  private static final int CHANGE_OVERHEAD = 256;

  private final List<Change> changes = new ArrayList<>();
  private final List<Commits.SealedRecord> records = new ArrayList<>();
  private final List<SecretBytes> keys = new ArrayList<>();
  private final List<Fact> opened = new ArrayList<>();
  private final List<Hash> channels = new ArrayList<>();
  private final VaultHistory history;
  private final Signed<Commit> commit;
  private final Commits.Append request;

  private PreparedCommit(VaultHistory history, OwnChannels own, List<Draft> drafts)
      throws CofreException {
    this.history = history;
    Collection<Recipient> recipients = history.team().state().recipients(history.vault()).values();
    long room = MAX_BODY;
    for (Draft draft : drafts) {
      long need = CHANGE_OVERHEAD + add(draft, recipients.size(), room);
      room -= need;
      if (room <= 0 || changes.size() == Commit.MAX_CHANGES) {
        break;
      }
    }
    this.commit = sign();
    List<Bundle> bundles = new ArrayList<>();
    if (!keys.isEmpty()) {
      for (Recipient recipient : recipients) {
        bundles.add(bundle(recipient, own.to(recipient)));
      }
    }
    this.request =
        new Commits.Append(commit.bytes(), records, bundles, own.unknownToServer(channels));
  }

  static PreparedCommit of(VaultHistory history, OwnChannels channels, List<Draft> drafts)
      throws CofreException {
    return new PreparedCommit(history, channels, drafts);
  }

  private long add(Draft draft, int recipients, long room) {
    return switch (draft) {
      case Draft.Delete(var file, var previous) -> {
        changes.add(new Change.Delete(file, previous));
        yield 0;
      }
      case Draft.OfSend(Change change) -> {
        changes.add(change);
        yield 0;
      }
      case Draft.Put put ->
          add(
              put.record(),
              record -> {
                Change.Put bare =
                    new Change.Put(
                        put.file(), put.revision(), put.previous(), put.blob(), Hash.ZERO);
                return new Change.Put(
                    put.file(), put.revision(), put.previous(), put.blob(), seal(bare, record));
              },
              recipients,
              room);
      case Draft.Send send ->
          add(
              send.record(),
              record -> send.change().describedBy(seal(send.change().made().orElseThrow(), record)),
              recipients,
              room);
    };
  }

  private long add(
      Draft.RecordSource source, Function<byte[], Change> change, int recipients, long room) {
    byte[] record = source.encode();
    try {
      long need = PaddedRecord.length(record.length) + (long) Bundle.WRAP_LENGTH * recipients;
      if (need > room && !changes.isEmpty()) {
        return room;
      }
      changes.add(change.apply(record));
      return need;
    } finally {
      Arrays.fill(record, (byte) 0);
    }
  }

  /// Seals a record and keeps its key.
  ///
  /// @return the hash of the sealed record
  private Hash seal(Change.Put put, byte[] record) {
    Connection connection = history.connection();
    SecretBytes key = connection.random().secret(32);
    keys.add(key);
    opened.add(new Fact.Opened(put.revision(), Bytes.of(key.toArray()), Bytes.of(record)));
    Bytes sealed = SealedRecords.seal(history.place(put), key, record, connection.random());
    records.add(new Commits.SealedRecord(sealed));
    return Hash.sha256(sealed.toArray());
  }

  private Signed<Commit> sign() throws CofreException {
    Connection connection = history.connection();
    TeamState team = history.team().state();
    Commit value =
        new Commit(
            connection.team(),
            history.vault(),
            history.index().head().seq() + 1,
            history.index().head().hash(),
            team.head(),
            connection.identity().member(),
            connection.identity().device(),
            connection.now(),
            List.copyOf(changes));
    SignedBytes bytes = connection.identity().sign(Label.COMMIT, Commit.CODEC.encode(value));
    return CommitCheck.read(bytes);
  }

  private Bundle bundle(Recipient recipient, Channels.End channel) {
    channels.add(channel.id());
    List<Change.Put> puts = commit.value().puts();
    byte[] wraps = new byte[puts.size() * Bundle.WRAP_LENGTH];
    for (int i = 0; i < puts.size(); i++) {
      Change.Put put = puts.get(i);
      Wraps.wrap(channel.secret(), channel.id(), put.revision(), put.record(), keys.get(i))
          .copyTo(wraps, i * Bundle.WRAP_LENGTH);
    }
    Bundle.Run run = new Bundle.Run(commit.value().seq(), 0, Bytes.of(wraps));
    return new Bundle(recipient.member(), channel.id(), List.of(run));
  }

  /// Refuses what the rules forbid, before anybody sees it.
  void check(VaultHistory on) throws CofreException {
    try {
      VaultRules.check(on.team().state(), on.index(), commit);
    } catch (RuleException e) {
      throw Judgement.refused(e);
    }
  }

  Hash hash() {
    return commit.hash();
  }

  Commits.Append request() {
    return request;
  }

  Commits.Item item() {
    return new Commits.Item(commit.bytes(), records);
  }

  List<Hash> channels() {
    return channels;
  }

  /// The fact of this commit.
  Fact.Committed committed() throws CofreException {
    Commit value = commit.value();
    return new Fact.Committed(
        value.seq(),
        commit.hash(),
        value.author(),
        value.device(),
        value.time(),
        value.teamHead().seq(),
        value.changes(),
        CommitCheck.seals(value, records));
  }

  /// The facts of its records.
  List<Fact> opened() {
    return opened;
  }

  @Override
  public void close() {
    keys.forEach(SecretBytes::close);
  }
}
