package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.SendLine;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.report.Progress;
import dev.cofre.client.send.NewSend;
import dev.cofre.client.send.Receiving;
import dev.cofre.client.send.Reception;
import dev.cofre.client.send.SendRequest;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sends, made before a hostile server and opened through it.
class SendTest extends SendScene {
  @Test
  @Tag("J01")
  void aSendIsReceivedAndTheServerLearnsNeitherKeyNorNamesNorContent() throws Exception {
    Path file = Files.writeString(directory.resolve("Relatório 2026.txt"), "of the local disk");
    play.company().oracles().canaries().add("Relatório 2026.txt");
    play.company().oracles().canaries().add("of the local disk");
    play.company().oracles().canaries().add("the client");
    NewSend made =
        send(
            request(List.of(file), Optional.empty(), List.of("/letters/first.txt")),
            Optional.empty());
    try (Receiving receiving = Cofre.look(ana.surroundings(), made.link())) {
      assertEquals("Ana", receiving.preface().sender());
      assertEquals("Company", receiving.preface().team());
      assertEquals(2, receiving.preface().files());
      Reception reception = receiving.receive(Optional.empty(), target("got"), Progress.NONE);
      assertTrue(reception.isWhole());
      assertEquals(NOTE, reception.note());
    }
    assertEquals(
        "of the local disk", Files.readString(target("got").resolve("Relatório 2026.txt")));
    assertEquals(Stage.FIRST, Files.readString(target("got").resolve("first.txt")));
    try (Stream<Path> files = Files.list(target("got"))) {
      assertEquals(2, files.count(), "and nothing is left beside them");
    }
    SendLine line = ana.inVault(vault -> vault.sends().all()).getFirst();
    assertEquals(SendLine.State.OPEN, line.state());
    assertEquals("the client", line.description().orElseThrow().label());
    assertEquals(List.of("/letters/first.txt"), line.paths());
    assertEquals(1, line.others());
    assertEquals(1, ana.inVault(vault -> vault.sends().openings(made.id())).opened());
  }

  @Test
  @Tag("J01")
  void aTextIsReceivedAndNothingOfItIsOnTheServer() throws Exception {
    Reception reception = receive(sendText(), "got");
    assertEquals(Optional.of(SECRET), reception.text());
    assertEquals(List.of(), reception.files());
  }

  @Test
  void aColleagueSeesWhatLeftAndEndsIt() throws Exception {
    NewSend made = sendFirst();
    Actor rui = play.rui();
    SendLine line = rui.inVault(vault -> vault.sends().all()).getFirst();
    assertEquals("Ana", line.authorName());
    assertEquals(NOTE, line.description().orElseThrow().note());
    rui.inVault(vault -> {
      vault.sends().end(made.id());
      return vault;
    });
    assertThrows(Refused.class, () -> receive(made, "got"));
    assertEquals(
        SendLine.State.ENDED,
        ana.inVault(vault -> {
          vault.refresh();
          return vault.sends().all().getFirst().state();
        }));
    assertEquals(5, ana.list().size(), "what describes a send is no file");
    assertWhole(ana);
  }

  @Test
  void endsWithWhoMadeIt() throws Exception {
    Actor rui = play.rui();
    SendRequest request = request(List.of(), Optional.of(SECRET), List.of());
    NewSend made =
        rui.inVault(vault -> vault.sends().send(request, Optional.empty(), Progress.NONE))
            .getFirst();
    play.company().oracles().canaries().addSend(made.link());
    var member = rui.member();
    ana.run(cofre -> cofre.team().remove(member, java.util.Set.of()));
    assertEquals(
        SendLine.State.ENDED, ana.inVault(vault -> vault.sends().find(made.id().hex())).state());
    assertThrows(Refused.class, () -> receive(made, "got"));
  }

  @Test
  @Tag("J09")
  void aPasscodeIsAddedToTheKeyAndNeverSent() throws Exception {
    play.company().oracles().canaries().add("Passe de çá");
    NewSend made;
    try (Passphrase passcode = Passphrase.of("Passe de c\u0327a\u0301".toCharArray())) {
      made = send(request(List.of(), Optional.of(SECRET), List.of()), Optional.of(passcode));
    }
    for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("Passe de ca"))) {
      Refused refused = assertThrows(Refused.class, () -> receive(made, "got", wrong));
      assertEquals(Problem.PASSCODE_WRONG.code(), refused.code());
    }
    // A server that lets everybody in has nothing that opens without the passcode.
    evil.on(Route.OPEN_SEND, (request, _) -> openedAnyway(made));
    evil.on(Route.SEND_BLOB, (_, _) -> Answer.raw(Bytes.of(manifestOf(made))));
    for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("Passe de ca"))) {
      assertThrows(Tampered.class, () -> receive(made, "got", wrong));
    }
    evil.honest();
    assertEquals(
        Optional.of(SECRET), receive(made, "got", Optional.of("Passe de \u00e7\u00e1")).text());
  }

  @Test
  void whatWasInterruptedGoesOnAndUsesUpNoOtherOpening() throws Exception {
    NewSend made = sendFirst();
    evil.on(Route.SEND_BLOB, Script.always(Answer.hangUp()));
    assertThrows(Unreachable.class, () -> receive(made, "got"));
    evil.honest();
    // The answer to the opening is lost.
    evil.on(Route.OPEN_SEND, (_, _) -> Answer.hangUp());
    assertThrows(Unreachable.class, () -> receive(made, "got"));
    evil.honest();
    assertTrue(receive(made, "got").isWhole());
    assertEquals(1, ana.inVault(vault -> vault.sends().openings(made.id())).opened());
    assertTrue(receive(made, "elsewhere").isWhole());
    assertEquals(2, ana.inVault(vault -> vault.sends().openings(made.id())).opened());
    Refused refused = assertThrows(Refused.class, () -> receive(made, "third"));
    assertEquals(Problem.SEND_USED_UP.code(), refused.code());
  }
}
