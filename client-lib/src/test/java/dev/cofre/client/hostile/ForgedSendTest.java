package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.format.SendPreface;
import dev.cofre.client.keys.SendLink;
import dev.cofre.client.keys.SendSecret;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.send.NewSend;
import dev.cofre.client.send.Reception;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.api.Route;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a hostile server, or somebody who has the link, puts in place of what was sent.
class ForgedSendTest extends SendScene {
  @Test
  @Tag("J05")
  void anotherManifestThanTheLinksIsRefusedWhoeverSealedIt() throws Exception {
    NewSend made = sendText();
    NewSend other = sendFirst();
    // Another send's, whole.
    evil.on(Route.SEND, (_, _) -> state(sent(other).preface(), sent(other).sealed()));
    evil.on(Route.OPEN_SEND, (_, _) -> openedAnyway(other));
    evil.on(Route.SEND_BLOB, (_, _) -> Answer.raw(Bytes.of(manifestOf(other))));
    assertThrows(Tampered.class, () -> receive(made, "got"));
    evil.honest();
    // Somebody else who has the link seals another one, and the server shows it.
    try (SendLink link = SendLink.read(made.link());
        SendSecret secret = link.secret();
        SendSecret.Opener opener = secret.opener(Optional.empty());
        SecretBytes key = opener.manifestKey();
        SendManifest manifest =
            SendManifest.of(
                new SendManifest.Facts(
                    world.state().id(),
                    play.company().vault(),
                    "Ana",
                    "",
                    Instant.now(),
                    Optional.of("pay to another account")),
                List.of())) {
      byte[] encoded = manifest.encode();
      byte[] forged =
          ContentSeal.seal(
                  key,
                  opener.manifestContext(),
                  new ByteArrayInputStream(encoded),
                  encoded.length,
                  RANDOM)
              .readAllBytes();
      Bytes preface = secret.seal(new SendPreface("Ana", "Company", 0, 22), RANDOM);
      Hash hash = Hash.sha256(forged);
      for (Answer shown :
          List.of(
              state(preface, hash),
              state(sent(made).preface(), hash),
              state(preface, sent(made).sealed()),
              state(sent(made).preface(), sent(made).sealed()))) {
        evil.on(Route.SEND, (_, _) -> shown);
        evil.on(
            Route.SEND_BLOB,
            (_, honest) -> honest.success() ? Answer.raw(Bytes.of(forged)) : honest);
        assertThrows(Tampered.class, () -> receive(made, "got"));
        evil.honest();
      }
    }
    nothingIn("got");
    assertEquals(Optional.of(SECRET), receive(made, "whole").text());
  }

  @Test
  @Tag("J05")
  void anotherContentThanTheManifestNamesIsRefused() throws Exception {
    NewSend made = sendWithoutLimit();
    Bytes manifest = Bytes.of(manifestOf(made));
    Bytes right = Bytes.of(java.util.Objects.requireNonNull(world.blobs().get(blobOf(made))));
    int refused = 0;
    for (byte[] other : List.copyOf(world.blobs().values())) {
      if (!Bytes.of(other).equals(right)) {
        evil.on(
            Route.SEND_BLOB,
            (_, honest) -> honest.body().equals(manifest) ? honest : Answer.raw(Bytes.of(other)));
        Reception reception = receive(made, "got" + refused);
        assertInstanceOf(Tampered.class, reception.files().getFirst().failure().orElseThrow());
        nothingIn("got" + refused++);
        evil.honest();
      }
    }
    assertTrue(refused > 5, refused + " contents");
  }

  @Test
  @Tag("J06")
  void theVersionThatWasSentIsReceivedWhateverCameLater() throws Exception {
    NewSend made = sendFirst();
    ana.put("/letters/first.txt", "the first letter, third version");
    assertTrue(receive(made, "got").isWhole());
    assertEquals(Stage.FIRST, Files.readString(target("got").resolve("first.txt")));
    NewSend newer = sendFirst();
    var blob = blobOf(newer);
    byte[] later = java.util.Objects.requireNonNull(world.blobs().get(blob));
    byte[] manifest = manifestOf(made);
    evil.on(
        Route.SEND_BLOB,
        (request, honest) ->
            honest.body().length() == manifest.length && honest.body().equals(Bytes.of(manifest))
                ? honest
                : Answer.raw(Bytes.of(later)));
    Reception reception = receive(made, "again");
    assertInstanceOf(Tampered.class, reception.files().getFirst().failure().orElseThrow());
    nothingIn("again");
  }

  /// One bit anywhere, or an end anywhere.
  @Test
  void whatWasAlteredAtAnyPlaceIsRefused() throws Exception {
    NewSend made = sendWithoutLimit();
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      int which = i;
      boolean manifest = i % 2 == 0;
      int place = random.nextInt(1 << 20);
      byte[] right = manifestOf(made);
      evil.on(
          Route.SEND_BLOB,
          (_, honest) -> {
            boolean isManifest = honest.body().equals(Bytes.of(right));
            if (isManifest != manifest || !honest.success()) {
              return honest;
            }
            byte[] bytes = honest.body().toArray();
            int at = place % bytes.length;
            if (which % 4 < 2) {
              bytes[at] ^= (byte) (1 << (which % 8));
              return honest.body(Bytes.of(bytes));
            }
            return honest.body(Bytes.of(java.util.Arrays.copyOf(bytes, at)));
          });
      String name = "got" + i;
      try {
        Reception reception = receive(made, name);
        CofreException failure = reception.files().getFirst().failure().orElseThrow();
        assertTrue(failure instanceof Tampered || failure instanceof Malformed, failure::toString);
      } catch (Tampered | Malformed | Unreachable _) {
        // the manifest
      }
      nothingIn(name);
      evil.honest();
    }
    assertTrue(receive(made, "whole").isWhole());
  }

  @Test
  void namesThatBiteBecomePlainOnesInTheDirectory() throws Exception {
    List<String> names =
        List.of(
            "../../outside.txt",
            "/etc/passwd",
            "..",
            ".",
            "C:\\windows\\x.exe",
            "a\u202Etxt.exe",
            "line\nbreak\u001b[31m",
            "NUL",
            ".cofre-x.kept.part",
            "name. ",
            "same.txt",
            "SAME.txt",
            "é".repeat(127),
            "é".repeat(127));
    NewSend made = sendWithNames(names);
    Reception reception = receive(made, "got");
    assertTrue(reception.isWhole(), () -> reception.files().toString());
    try (Stream<Path> all = Files.walk(target("got"))) {
      assertEquals(names.size(), all.filter(Files::isRegularFile).count());
    }
    assertFalse(Files.exists(directory.resolve("outside.txt")));
    for (Outcome outcome : reception.files()) {
      assertTrue(Files.isRegularFile(target("got").resolve(outcome.path())), outcome::path);
    }
  }

  /// A link that somebody made by hand, whose names are chosen with intent; all of one content.
  private NewSend sendWithNames(List<String> names) throws Exception {
    NewSend honest = sendFirst();
    List<SendManifest.File> files = new ArrayList<>();
    try (SendLink link = SendLink.read(honest.link());
        SendSecret secret = link.secret();
        SendSecret.Opener opener = secret.opener(Optional.empty());
        SecretBytes key = opener.manifestKey();
        SendManifest manifest = open(key, opener, manifestOf(honest))) {
      SendManifest.File first = manifest.files().getFirst();
      for (String name : names) {
        files.add(
            new SendManifest.File(
                name,
                first.size(),
                first.modified(),
                first.type(),
                first.contentHash(),
                first.file(),
                first.blob(),
                first.key().duplicate()));
      }
      SendManifest forged = SendManifest.of(manifest.facts(), files);
      byte[] encoded = forged.encode();
      byte[] sealed =
          ContentSeal.seal(
                  key,
                  opener.manifestContext(),
                  new ByteArrayInputStream(encoded),
                  encoded.length,
                  RANDOM)
              .readAllBytes();
      Bytes preface = sent(honest).preface();
      byte[] old = manifestOf(honest);
      evil.on(Route.SEND, (_, _) -> state(preface, Hash.sha256(sealed)));
      evil.on(
          Route.SEND_BLOB,
          (_, answer) ->
              answer.body().equals(Bytes.of(old)) ? answer.body(Bytes.of(sealed)) : answer);
      try (SecretBytes linkKey = keyOf(honest);
          SendLink other =
              SendLink.of(link.origin(), link.send(), linkKey, preface, Hash.sha256(sealed))) {
        return new NewSend(honest.id(), "", other.text(), honest.expires());
      }
    }
  }

  private static SecretBytes keyOf(NewSend made) {
    String fragment = made.link().substring(made.link().indexOf("#v1.") + 4);
    return SecretBytes.copyOf(
        java.util.Base64.getUrlDecoder().decode(fragment), 0, SendLink.KEY_LENGTH);
  }

  private static SendManifest open(SecretBytes key, SendSecret.Opener opener, byte[] sealed)
      throws Exception {
    byte[] frame = Cobblestone.open(key, opener.manifestContext(), sealed);
    return SendManifest.read(
        dev.cofre.client.format.PaddedFrame.unframing(new ByteArrayInputStream(frame))
            .readAllBytes());
  }
}
