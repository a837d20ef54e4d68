package dev.cofre.server.domain;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.protocol.vault.SendTerms;
import dev.cofre.server.store.KnownRow;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.SendContentRow;
import dev.cofre.server.store.SendContentRows;
import dev.cofre.server.store.SendRow;
import dev.cofre.server.store.SendRows;
import dev.cofre.server.store.Transactions;
import dev.cofre.server.store.VaultRow;
import dev.cofre.server.store.VaultRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The beginnings and ends of sends, each in the transaction of the commit or entry that it follows from. The vault's row is locked first, then
/// the send's. A send that is over hands out nothing, and what only it referred to is given up.
@Singleton
public class Sends {
  /// Longest time ahead that a send may expire.
  static final Duration LONGEST = Duration.ofDays(5 * 366);

  /// How long it is known what became of a send that is over, and who opened it.
  static final Duration REMEMBERED = Duration.ofDays(90);

  private static final int AT_ONCE = 100;

  private final SendRows sends;
  private final SendContentRows contents;
  private final VaultRows vaults;
  private final Blobs blobs;
  private final Quota quota;
  private final Transactions transactions;
  private final InstantSource clock;

  Sends(
      SendRows sends,
      SendContentRows contents,
      VaultRows vaults,
      Blobs blobs,
      Quota quota,
      Transactions transactions,
      InstantSource clock) {
    this.sends = sends;
    this.contents = contents;
    this.vaults = vaults;
    this.blobs = blobs;
    this.quota = quota;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// The blobs that a commit's sends bring along.
  static Stream<BlobId> blobs(Commit commit) {
    return commit.changes().stream()
        .filter(Change.Send.class::isInstance)
        .map(Change.Send.class::cast)
        .flatMap(send -> Stream.concat(Stream.of(send.manifest()), send.blobs().stream()));
  }

  /// Those of the sends named by a commit that exist.
  ///
  /// @throws Refusal when one of them is over
  List<SendRow> named(VaultRow vault, Commit commit) {
    List<SendId> named = RowsOfVault.sends(commit);
    if (named.isEmpty()) {
      return List.of();
    }
    List<SendRow> rows = sends.findAll(vault.team(), vault.vault(), Raw.of(named));
    rows.forEach(row -> requireLive(row, clock.millis()));
    return rows;
  }

  /// @throws Refusal `SEND_EXPIRED` or `SEND_ENDED` when it is over
  static void requireLive(SendRow send, long now) {
    Refusal.unless(send.expires() > now, Problem.SEND_EXPIRED, "its time is over");
    Refusal.unless(send.ended() == 0, Problem.SEND_ENDED, "it was ended");
  }

  /// Does what a commit says of sends, which the rules allow and whose blobs are there.
  ///
  /// @throws Refusal when this server does not; the transaction must then be undone
  void follow(VaultRow vault, RowsOfVault view, Commit commit) {
    List<Change.Send> begun = new ArrayList<>();
    for (Change change : commit.changes()) {
      switch (change) {
        case Change.Send send -> begun.add(send);
        case Change.SendEnd(SendId send) -> end(vault, view.require(send), clock.millis());
        case Change.SendExtend(SendId send, long expires) -> {
          requireTime(expires);
          sends.extend(vault.team(), vault.vault(), send.value(), expires);
        }
        case Change.Put _, Change.Delete _, Change.Purge _ -> {}
      }
    }
    if (!begun.isEmpty()) {
      begin(vault, view, commit.author(), begun);
    }
  }

  private void begin(VaultRow vault, RowsOfVault view, MemberId author, List<Change.Send> begun) {
    begun.forEach(send -> requireTerms(send.terms()));
    Refusal.unless(
        sends.countLive(vault.team()) + begun.size() <= quota.sends(),
        Problem.TOO_MANY_SENDS,
        "the team has as many sends as it may have");
    sends.insertAll(begun.stream().map(send -> row(vault, author, send)).toList());
    contents.insertAll(begun.stream().flatMap(send -> handedOut(vault, view, send)).toList());
  }

  /// What this server cannot see to it does not promise.
  private void requireTerms(SendTerms terms) {
    Refusal.unless(
        terms.email().isEmpty() && terms.agreement().isEmpty(),
        Problem.UPDATE_NEEDED,
        "this server verifies no e-mail addresses and takes no agreements");
    requireTime(terms.expires());
  }

  private void requireTime(long expires) {
    long now = clock.millis();
    Refusal.unless(
        expires > now && expires - now <= LONGEST.toMillis(),
        Problem.RULE_BROKEN,
        "a send expires in the future, at most five years ahead");
  }

  private static SendRow row(VaultRow vault, MemberId author, Change.Send send) {
    SendTerms terms = send.terms();
    return new SendRow(
        vault.team(),
        vault.vault(),
        send.send().value(),
        author.value(),
        send.access().value(),
        send.preface(),
        send.manifest().value(),
        send.sealed().value(),
        terms.passcode().map(Id::value).orElse(Bytes.EMPTY),
        terms.opens().orElse(0L),
        0,
        0,
        0,
        terms.expires(),
        0);
  }

  private static Stream<SendContentRow> handedOut(
      VaultRow vault, RowsOfVault view, Change.Send send) {
    Stream<SendContentRow> revisions =
        send.revisions().stream()
            .map(revision -> {
              KnownRow known = view.revision(revision).orElseThrow();
              return content(vault, send.send(), known.blob(), revision.value());
            });
    Stream<SendContentRow> own =
        Stream.concat(Stream.of(send.manifest()), send.blobs().stream())
            .map(blob -> content(vault, send.send(), blob.value(), Bytes.EMPTY));
    return Stream.concat(revisions, own);
  }

  private static SendContentRow content(VaultRow vault, SendId send, Bytes blob, Bytes revision) {
    return new SendContentRow(vault.team(), vault.vault(), send.value(), blob, revision);
  }

  /// Ends the sends that hand out one of these revisions, which are purged.
  void endThoseOf(VaultRow vault, List<RevisionId> purged) {
    for (SendRow send : sends.handingOut(vault.team(), vault.vault(), Raw.of(purged))) {
      end(vault, send, clock.millis());
    }
  }

  /// Ends the sends of a member in some vaults, whose rows are locked.
  void endThoseBy(TeamId team, Set<VaultId> in, MemberId member) {
    for (SendRow send : sends.liveOf(team.value(), Raw.of(in), member.value())) {
      end(vaults.find(send.team(), send.vault()).orElseThrow(), send, clock.millis());
    }
  }

  private void end(VaultRow vault, SendRow send, long since) {
    if (sends.end(send.team(), send.vault(), send.send(), since) > 0) {
      Set<Bytes> handedOut =
          contents.all(send.team(), send.vault(), send.send()).stream()
              .map(SendContentRow::blob)
              .collect(Collectors.toSet());
      contents.deleteAll(send.team(), send.vault(), send.send());
      blobs.release(vault, handedOut, clock.millis());
    }
  }

  /// Takes the contents of what has expired, and forgets what is long over.
  void sweep(long now) {
    List<SendRow> some;
    do {
      some = sends.expired(now, AT_ONCE);
      for (SendRow send : some) {
        transactions.write(() -> expire(send, now));
      }
    } while (some.size() == AT_ONCE);
    sends.deleteOver(now - REMEMBERED.toMillis());
  }

  /// It may have been extended meanwhile, which takes the vault's lock.
  private Optional<SendRow> expire(SendRow send, long now) {
    VaultRow vault = vaults.lock(send.team(), send.vault()).orElseThrow();
    Optional<SendRow> still =
        sends.find(send.team(), send.vault(), send.send()).filter(row -> row.expires() <= now);
    still.ifPresent(row -> end(vault, row, row.expires()));
    return still;
  }
}
