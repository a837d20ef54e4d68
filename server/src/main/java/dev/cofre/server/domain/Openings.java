package dev.cofre.server.domain;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends.Need;
import dev.cofre.protocol.api.Sends.Open;
import dev.cofre.protocol.api.Sends.Opened;
import dev.cofre.protocol.api.Sends.Opening;
import dev.cofre.protocol.api.Sends.State;
import dev.cofre.server.store.BlobRow;
import dev.cofre.server.store.BlobRows;
import dev.cofre.server.store.OpeningRow;
import dev.cofre.server.store.OpeningRows;
import dev.cofre.server.store.Raw;
import dev.cofre.server.store.SendContentRows;
import dev.cofre.server.store.SendRow;
import dev.cofre.server.store.SendRows;
import dev.cofre.server.store.Transactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Opening sends, by whoever has the link: the token that follows from its key. Without that token a send that is there is like one that is not.
/// An opening is counted under the send's lock, once for each token that an opener makes.
@Singleton
public class Openings {
  /// How long the token of an opening brings contents.
  static final Duration LASTS = Duration.ofHours(24);

  private static final int FREE_TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final SendRows sends;
  private final SendContentRows contents;
  private final OpeningRows openings;
  private final BlobRows rows;
  private final Blobs blobs;
  private final TeamStates states;
  private final Transactions transactions;
  private final InstantSource clock;

  Openings(
      SendRows sends,
      SendContentRows contents,
      OpeningRows openings,
      BlobRows rows,
      Blobs blobs,
      TeamStates states,
      Transactions transactions,
      InstantSource clock) {
    this.sends = sends;
    this.contents = contents;
    this.openings = openings;
    this.rows = rows;
    this.blobs = blobs;
    this.states = states;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// What whoever has the link may know before they open it.
  public State state(SendId send, Optional<Bytes> access) {
    SendRow row =
        access
            .flatMap(token -> sends.byLink(send.value(), hash(token)))
            .orElseThrow(Refusal::notFound);
    requireOpen(row);
    requireLeft(row);
    return new State(
        row.expires(),
        row.opens() == 0 ? Optional.empty() : Optional.of(row.opens() - row.used()),
        row.passcode().length() == 0 ? Need.NONE : Need.NEEDED,
        Need.NONE,
        Optional.empty(),
        row.preface(),
        new Hash(row.sealed()));
  }

  /// Opens a send: uses up one opening, unless the same token has done so before.
  ///
  /// @param network where the opener is, roughly
  public Opened open(SendId send, Optional<Bytes> access, Open request, String network) {
    Bytes token = access.orElseThrow(Refusal::notFound);
    Result result = transactions.write(() -> openLocked(send, hash(token), request, network));
    return switch (result) {
      case Result.Done(Opened opened) -> opened;
      case Result.Wrong _ -> throw new Refusal(Problem.PASSCODE_WRONG, "this is not the passcode");
    };
  }

  /// What is to be committed in either case.
  private sealed interface Result {
    record Done(Opened opened) implements Result {}

    record Wrong() implements Result {}
  }

  private Result openLocked(SendId send, Bytes access, Open request, String network) {
    SendRow row = sends.lockByLink(send.value(), access).orElseThrow(Refusal::notFound);
    requireOpen(row);
    Bytes token = hash(request.opening());
    Optional<OpeningRow> again = openings.find(row.team(), row.vault(), row.send(), token);
    if (again.isPresent()) {
      return new Result.Done(opened(row, again.get()));
    }
    requireLeft(row);
    if (!isRightPasscode(row, request.proof())) {
      return new Result.Wrong();
    }
    long now = clock.millis();
    OpeningRow opening =
        new OpeningRow(
            row.team(), row.vault(), row.send(), token, now, now + LASTS.toMillis(), network);
    openings.insert(opening);
    sends.countOpening(row.team(), row.vault(), row.send());
    return new Result.Done(opened(row, opening));
  }

  private Opened opened(SendRow row, OpeningRow opening) {
    BlobRow manifest = blob(row, row.manifest());
    return new Opened(
        Math.min(opening.until(), row.expires()), new BlobId(manifest.blob()), manifest.length());
  }

  private boolean isRightPasscode(SendRow row, Optional<Bytes> proof) {
    if (row.passcode().length() == 0) {
      Refusal.unless(proof.isEmpty(), Problem.MALFORMED, "there is no passcode");
      return true;
    }
    long now = clock.millis();
    Refusal.unless(row.paused() <= now, Problem.PASSCODE_PAUSED, "too many wrong passcodes");
    if (proof.isEmpty()) {
      throw new Refusal(Problem.PASSCODE_WRONG, "a passcode is needed");
    }
    boolean right = MessageDigest.isEqual(hash(proof.get()).toArray(), row.passcode().toArray());
    if (!right) {
      long until = row.wrong() + 1 < FREE_TRIES ? 0 : now + pause(row.wrong() + 1 - FREE_TRIES);
      sends.countWrong(row.team(), row.vault(), row.send(), until);
    }
    return right;
  }

  /// Twice as long each time, up to a day.
  private static long pause(int after) {
    long doubled = FIRST_PAUSE.toMillis() << Math.min(after, 20);
    return Math.min(doubled, LONGEST_PAUSE.toMillis());
  }

  /// How long a content of an opened send is.
  public long length(SendId send, Optional<Bytes> opening, BlobId blob) {
    return requireContent(send, opening, blob).length();
  }

  /// Gives part of a content of an opened send, as long as the send lives.
  public Blobs.Part read(SendId send, Optional<Bytes> opening, BlobId blob, long first, long length)
      throws IOException {
    Blobs.Part part = blobs.part(requireContent(send, opening, blob), first, length);
    GuardedStream guarded =
        new GuardedStream(part.bytes(), () -> requireContent(send, opening, blob));
    return new Blobs.Part(guarded, part.first(), part.length(), part.total());
  }

  private BlobRow requireContent(SendId send, Optional<Bytes> token, BlobId blob) {
    OpeningRow opening =
        token.flatMap(t -> openings.byToken(send.value(), hash(t))).orElseThrow(Refusal::notFound);
    SendRow row =
        sends.find(opening.team(), opening.vault(), opening.send()).orElseThrow(Refusal::notFound);
    requireOpen(row);
    Refusal.unless(
        opening.until() > clock.millis(), Problem.SEND_EXPIRED, "this opening's time is over");
    Refusal.unlessFound(contents.find(row.team(), row.vault(), row.send(), blob.value()));
    return blob(row, blob.value());
  }

  private BlobRow blob(SendRow row, Bytes blob) {
    return rows.find(row.team(), row.vault(), Raw.ofBytes(List.of(blob))).stream()
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  /// A role that has an end date ends its member's sends on that date too.
  private void requireOpen(SendRow row) {
    long now = clock.millis();
    Sends.requireLive(row, now);
    boolean over =
        states
            .now(new TeamId(row.team()))
            .until(new VaultId(row.vault()), new MemberId(row.author()))
            .filter(end -> end <= now)
            .isPresent();
    Refusal.unless(!over, Problem.SEND_ENDED, "it was ended");
  }

  private static void requireLeft(SendRow row) {
    Refusal.unless(
        row.opens() == 0 || row.used() < row.opens(),
        Problem.SEND_USED_UP,
        "it was opened as often as it may be");
  }

  /// Who opened a send of a vault.
  public dev.cofre.protocol.api.Sends.Openings of(TeamId team, VaultId vault, SendId send) {
    SendRow row =
        sends.find(team.value(), vault.value(), send.value()).orElseThrow(Refusal::notFound);
    List<Opening> newest =
        openings
            .newest(row.team(), row.vault(), row.send(), dev.cofre.protocol.api.Sends.Openings.MAX)
            .stream()
            .map(o -> new Opening(o.opened(), o.network(), Optional.empty()))
            .toList();
    return new dev.cofre.protocol.api.Sends.Openings(row.used(), newest);
  }

  private static Bytes hash(Bytes token) {
    return Hash.sha256(token.toArray()).value();
  }
}
