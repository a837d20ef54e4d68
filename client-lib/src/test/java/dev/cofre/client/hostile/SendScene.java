package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.client.Cofre;
import dev.cofre.client.Passphrase;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.report.Progress;
import dev.cofre.client.send.NewSend;
import dev.cofre.client.send.Receiving;
import dev.cofre.client.send.Reception;
import dev.cofre.client.send.SendRequest;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.api.Sends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Sends, made before a hostile server and opened through it: what tests of them have in common.
abstract class SendScene extends EvilTest {
  static final String NOTE = "the papers that we spoke of";
  static final String SECRET = "a password: correct horse battery";
  static final RandomSource RANDOM = RandomSource.system();

  SendRequest request(List<Path> files, Optional<String> text, List<String> paths) {
    play.company().oracles().canaries().add(NOTE);
    text.ifPresent(play.company().oracles().canaries()::add);
    return new SendRequest(
        files,
        paths,
        text,
        NOTE,
        List.of("the client"),
        Instant.now().plusSeconds(3600),
        Optional.of(2L));
  }

  NewSend send(SendRequest request, Optional<Passphrase> passcode) throws CofreException {
    NewSend made =
        ana.inVault(vault -> vault.sends().send(request, passcode, Progress.NONE)).getFirst();
    play.company().oracles().canaries().addSend(made.link());
    return made;
  }

  NewSend sendFirst() throws CofreException {
    return send(
        request(List.of(), Optional.empty(), List.of("/letters/first.txt")), Optional.empty());
  }

  NewSend sendText() throws CofreException {
    return send(request(List.of(), Optional.of(SECRET), List.of()), Optional.empty());
  }

  Path target(String name) {
    return directory.resolve(name);
  }

  Reception receive(NewSend send, String name, Optional<String> passcode) throws CofreException {
    try (Receiving receiving = Cofre.look(ana.surroundings(), send.link())) {
      return receiving.receive(passcode.map(String::toCharArray), target(name), Progress.NONE);
    }
  }

  Reception receive(NewSend send, String name) throws CofreException {
    return receive(send, name, Optional.empty());
  }

  void nothingIn(String name) throws Exception {
    if (Files.exists(target(name))) {
      try (Stream<Path> files = Files.list(target(name))) {
        assertEquals(
            List.of(),
            files
                .map(file -> file.getFileName().toString())
                .filter(file -> !file.endsWith(".opening"))
                .toList());
      }
    }
  }

  byte[] manifestOf(NewSend made) {
    var sent = sent(made);
    return java.util.Objects.requireNonNull(world.blobs().get(sent.manifest()));
  }

  dev.cofre.protocol.vault.Change.Send sent(NewSend made) {
    return world.shelves().stream()
        .flatMap(shelf -> shelf.sends().find(made.id()).stream())
        .findFirst()
        .orElseThrow()
        .send();
  }

  Answer openedAnyway(NewSend made) {
    var sent = sent(made);
    return Answer.cbor(
        Sends.Opened.CODEC.encode(
            new Sends.Opened(Long.MAX_VALUE, sent.manifest(), manifestOf(made).length)));
  }

  static Answer state(Bytes preface, Hash sealed) {
    return Answer.cbor(
        Sends.State.CODEC.encode(
            new Sends.State(
                Long.MAX_VALUE,
                Optional.empty(),
                Sends.Need.NONE,
                Sends.Need.NONE,
                Optional.empty(),
                preface,
                sealed)));
  }

  NewSend sendWithoutLimit() throws CofreException {
    SendRequest request =
        new SendRequest(
            List.of(),
            List.of("/letters/first.txt"),
            Optional.empty(),
            "",
            List.of(""),
            Instant.now().plusSeconds(3600),
            Optional.empty());
    return send(request, Optional.empty());
  }

  dev.cofre.protocol.BlobId blobOf(NewSend made) {
    var revision = sent(made).revisions().getFirst();
    return world.shelves().stream()
        .flatMap(shelf -> shelf.commits().stream())
        .flatMap(commit -> commit.value().puts().stream())
        .filter(put -> put.revision().equals(revision))
        .findFirst()
        .orElseThrow()
        .blob()
        .orElseThrow();
  }
}
