package dev.cofre.client.hostile;

import dev.cofre.client.failure.Refused;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends.Need;
import dev.cofre.protocol.api.Sends.Open;
import dev.cofre.protocol.api.Sends.Opened;
import dev.cofre.protocol.api.Sends.Opening;
import dev.cofre.protocol.api.Sends.Openings;
import dev.cofre.protocol.api.Sends.State;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Sends;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The sends of a [World] as an honest server keeps them, but for expiry and pauses.
final class Handouts {
  private record Opener(SendId send, Bytes token) {}

  private final List<Opener> openers = new ArrayList<>();

  Handouts copy() {
    Handouts copy = new Handouts();
    copy.openers.addAll(openers);
    return copy;
  }

  private static Stream<Sends.Sent> all(World world) {
    return world.shelves().stream()
        .flatMap(shelf ->
            shelf.sends().all().stream().filter(sent -> sent.stands(world.state(), shelf.vault())));
  }

  private static Change.Send find(World world, SendId id, Optional<Bytes> access) throws Refused {
    return all(world)
        .map(Sends.Sent::send)
        .filter(send -> send.send().equals(id))
        .filter(send ->
            access.filter(token -> Hash.sha256(token.toArray()).equals(send.access())).isPresent())
        .findFirst()
        .orElseThrow(() -> World.refused(Problem.NOT_FOUND, "no such send"));
  }

  private long used(SendId send) {
    return openers.stream().filter(opener -> opener.send().equals(send)).count();
  }

  State state(World world, SendId id, Optional<Bytes> access) throws Refused {
    Change.Send send = find(world, id, access);
    Optional<Long> left = send.terms().opens().map(most -> most - used(id));
    World.unless(left.filter(n -> n <= 0).isEmpty(), Problem.SEND_USED_UP);
    return new State(
        send.terms().expires(),
        left,
        send.terms().passcode().isPresent() ? Need.NEEDED : Need.NONE,
        Need.NONE,
        Optional.empty(),
        send.preface(),
        send.sealed());
  }

  Opened open(World world, SendId id, Optional<Bytes> access, Open open) throws Refused {
    Change.Send send = find(world, id, access);
    Opener opener = new Opener(id, open.opening());
    if (!openers.contains(opener)) {
      World.unless(
          send.terms().opens().filter(most -> most <= used(id)).isEmpty(), Problem.SEND_USED_UP);
      World.unless(
          send.terms().passcode().equals(open.proof().map(proof -> Hash.sha256(proof.toArray()))),
          Problem.PASSCODE_WRONG);
      openers.add(opener);
    }
    byte[] manifest = world.blobs().getOrDefault(send.manifest(), new byte[0]);
    return new Opened(send.terms().expires(), send.manifest(), manifest.length);
  }

  /// The ciphertext of a content that an opening may have.
  byte[] blob(World world, SendId id, Optional<Bytes> token, BlobId blob) throws Refused {
    World.unless(
        token.filter(t -> openers.contains(new Opener(id, t))).isPresent(), Problem.NOT_FOUND);
    Change.Send send =
        all(world)
            .map(Sends.Sent::send)
            .filter(s -> s.send().equals(id))
            .findFirst()
            .orElseThrow(() -> World.refused(Problem.SEND_ENDED, "ended"));
    Set<BlobId> allowed = new HashSet<>(send.blobs());
    allowed.add(send.manifest());
    Set<RevisionId> revisions = Set.copyOf(send.revisions());
    world.shelves().stream()
        .flatMap(shelf -> shelf.commits().stream())
        .flatMap(commit -> commit.value().puts().stream())
        .filter(put -> revisions.contains(put.revision()))
        .forEach(put -> put.blob().ifPresent(allowed::add));
    World.unless(allowed.contains(blob), Problem.NOT_FOUND);
    return Optional.ofNullable(world.blobs().get(blob)).orElse(new byte[0]);
  }

  Openings openings(SendId send) {
    List<Opening> some =
        openers.stream()
            .filter(opener -> opener.send().equals(send))
            .map(_ -> new Opening(1, "127.0.0.0/24", Optional.empty()))
            .toList();
    return new Openings(some.size(), some);
  }
}
