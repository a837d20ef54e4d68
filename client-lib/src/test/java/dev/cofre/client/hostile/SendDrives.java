package dev.cofre.client.hostile;

import dev.cofre.client.Cofre;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.send.NewSend;
import dev.cofre.client.send.Receiving;
import dev.cofre.client.send.Reception;
import dev.cofre.client.send.SendRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The operations that use the routes of sends.
final class SendDrives {
  private SendDrives() {}

  private static NewSend send(Stage.Play play, Actor actor) throws CofreException {
    play.company().oracles().canaries().add("as we said on the telephone");
    SendRequest request =
        new SendRequest(
            List.of(),
            List.of("/letters/first.txt"),
            Optional.empty(),
            "as we said on the telephone",
            List.of("Client"),
            Instant.now().plusSeconds(3600),
            Optional.of(3L));
    NewSend made =
        actor
            .inVault(vault -> vault.sends().send(request, Optional.empty(), Progress.NONE))
            .getFirst();
    play.company().oracles().canaries().addSend(made.link());
    return made;
  }

  /// How often a send was opened is what the server says.
  static boolean openings(Stage.Play play, Actor actor) throws CofreException {
    NewSend made = send(play, actor);
    try (Receiving receiving = Cofre.look(actor.surroundings(), made.link())) {
      receiving.receive(Optional.empty(), play.directory().resolve("received"), Progress.NONE);
    }
    actor.inVault(vault -> vault.sends().openings(made.id()));
    return true;
  }

  static boolean receive(Stage.Play play, Actor actor) throws CofreException, IOException {
    NewSend made = send(play, actor);
    Path target = play.directory().resolve("received");
    try (Receiving receiving = Cofre.look(actor.surroundings(), made.link())) {
      Reception reception = receiving.receive(Optional.empty(), target, Progress.NONE);
      for (Outcome outcome : reception.files()) {
        if (outcome.failure().isPresent()) {
          throw outcome.failure().get();
        }
      }
      return reception.note().equals("as we said on the telephone")
          && Files.readString(target.resolve("first.txt")).equals(Stage.FIRST);
    } catch (CofreException e) {
      if (Files.exists(target.resolve("first.txt"))) {
        throw new AssertionError("a file although " + e, e);
      }
      throw e;
    }
  }
}
