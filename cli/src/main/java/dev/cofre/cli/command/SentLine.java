package dev.cofre.cli.command;

import dev.cofre.client.SendLine;
import dev.cofre.client.Vault;
import dev.cofre.client.VaultSends;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.format.SendDescription;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Sends.Openings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A send as it is listed.
///
/// @param opens how often it may be opened
/// @param opened how often it was, as far as the server says
record SentLine(
    SendId sendId,
    VaultId vaultId,
    String to,
    String author,
    MemberId authorId,
    Instant time,
    Instant expires,
    String state,
    Optional<Long> opens,
    Optional<Long> opened,
    boolean passcode,
    long files) {
  /// One of a vault's sends.
  record Found(Vault vault, SendLine line) {
    VaultSends sends() throws CofreException {
      return vault.sends();
    }
  }

  static SentLine of(VaultId vault, SendLine line, Optional<Openings> openings) {
    Optional<Long> opened = openings.map(Openings::opened);
    boolean usedUp =
        line.state() == SendLine.State.OPEN
            && line.terms().opens().isPresent()
            && opened.filter(n -> n >= line.terms().opens().get()).isPresent();
    String state =
        switch (line.state()) {
          case OPEN -> usedUp ? "used" : "open";
          case EXPIRED -> "expired";
          case ENDED -> "ended";
        };
    return new SentLine(
        line.id(),
        vault,
        line.description().map(SendDescription::label).orElse(""),
        line.authorName(),
        line.author(),
        line.time(),
        line.expires(),
        state,
        line.terms().opens(),
        opened,
        line.terms().passcode().isPresent(),
        line.description()
            .map(SendDescription::count)
            .orElseGet(() -> (long) line.paths().size() + line.others()));
  }

  /// The send whose id begins so, in whichever vault it is.
  static Found find(Run run, String beginning) throws CofreException {
    Optional<Found> found = Optional.empty();
    for (Vault vault : run.cofre().vaults()) {
      List<SendLine> lines =
          vault.sends().all().stream()
              .filter(line -> line.id().hex().startsWith(beginning))
              .toList();
      if (lines.size() > 1 || (found.isPresent() && !lines.isEmpty())) {
        throw new NotFound("more than one send begins with " + beginning);
      }
      if (!lines.isEmpty()) {
        found = Optional.of(new Found(vault, lines.getFirst()));
      }
    }
    return found.orElseThrow(
        () -> new NotFound("there is no send " + beginning, "List the sends to see their ids."));
  }
}
