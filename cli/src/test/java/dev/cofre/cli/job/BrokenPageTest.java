package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.server.browser.Tab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is wrong, the page of a send says so and opens nothing.
class BrokenPageTest {
  private static final String SECRET = "nobody reads this";
  @TempDir private static Path directory;
  private static PageOffice office;

  @BeforeAll
  static void open() throws IOException {
    office = PageOffice.open(directory);
  }

  @AfterAll
  static void close() {
    if (office != null) {
      office.close();
    }
  }

  private static byte[] content(int seed) {
    byte[] bytes = new byte[200_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void requireNothing(Tab tab) throws IOException {
    String page = tab.value("document.documentElement.outerHTML").asText();
    assertFalse(page.contains(SECRET), page);
    assertEquals(List.of(), tab.downloaded());
  }

  /// Looks at a link, and is told this.
  private static void requireRefused(String link, String said) throws IOException {
    try (Tab tab = office.tab("en")) {
      tab.go(link);
      tab.awaitText(said);
      assertFalse(tab.text().contains("Ana Silva"), tab.text());
      requireNothing(tab);
    }
  }

  @Test
  void aLinkThatIsNotWholeSaysSo() throws IOException {
    String link = office.sendText(SECRET).field("link");
    String bare = link.substring(0, link.indexOf('#'));
    requireRefused(bare, "This link is not whole");
    requireRefused(link.substring(0, link.length() - 1), "This link is not whole");
    requireRefused(link + "x", "This link is not whole");
    requireRefused(bare + "#v2.abc", "This needs a newer page");
  }

  @Test
  @Tag("J08")
  void anAlteredLinkIsLikeOneThatNeverWas() throws IOException {
    String link = office.sendText(SECRET).field("link");
    int key = link.indexOf('#') + 10;
    char other = link.charAt(key) == 'A' ? 'B' : 'A';
    requireRefused(link.substring(0, key) + other + link.substring(key + 1), "Nothing is here");
    requireRefused(
        office.office().url() + "/s/" + "ab".repeat(16) + link.substring(link.indexOf('#')),
        "Nothing is here");
    int mark = link.length() - 4;
    char another = link.charAt(mark) == 'A' ? 'B' : 'A';
    requireRefused(
        link.substring(0, mark) + another + link.substring(mark + 1), "This is not what was sent");
  }

  @Test
  @Tag("J07")
  void whatIsOverOpensNothing() throws IOException {
    Answer expired = office.sendText(SECRET, "--expires", "1h");
    Answer ended = office.sendText(SECRET, "--expires", "1w");
    office.office().succeed(office.ana(), "send", "revoke", ended.field("sendId"), "--yes");
    requireRefused(ended.field("link"), "It was ended");
    office.pass(Duration.ofHours(2));
    requireRefused(expired.field("link"), "It has expired");
  }

  @Test
  @Tag("J07")
  void whatIsRevokedWhileItIsOpenIsSavedNoMore() throws IOException {
    Answer sent = office.send(Map.of("a.bin", content(1)));
    try (Tab tab = office.tab("en")) {
      tab.go(sent.field("link"));
      tab.press("Open");
      tab.awaitText("Save");
      office.office().succeed(office.ana(), "send", "revoke", sent.field("sendId"), "--yes");
      tab.press("Save a.bin");
      tab.awaitText("It was ended. Nothing was saved.");
      requireNothing(tab);
    }
  }

  @Test
  void anOpeningIsUsedUpByOneBrowserOnly() throws IOException {
    Answer sent = office.sendText("for one of them", "--opens", "1");
    try (Tab first = office.tab("en");
        Tab second = office.tab("en")) {
      first.go(sent.field("link"));
      second.go(sent.field("link"));
      first.awaitText("Ana Silva sends you a text");
      second.awaitText("Ana Silva sends you a text");
      first.press("Open");
      first.awaitText("for one of them");
      second.press("Open");
      second.awaitText("It was opened as often as it may be");
      assertFalse(second.text().contains("for one of them"));
    }
    requireRefused(sent.field("link"), "It was opened as often as it may be");
  }

  @Test
  @Tag("J09")
  void afterFiveWrongPasscodesThereIsAPause() throws IOException {
    Answer sent = office.sendText(SECRET, "--passcode");
    try (Tab tab = office.tab("en")) {
      tab.go(sent.field("link"));
      tab.await("document.getElementById('passcode')");
      for (int i = 0; i < 5; i++) {
        tab.value("document.getElementById('passcode').value = 'wrong'");
        tab.press("Open");
        tab.awaitText("This is not the passcode");
        tab.await("[...document.querySelectorAll('button')].some(b => b.textContent === 'Open')");
      }
      tab.value(
          "document.getElementById('passcode').value = " + Tab.quoted(sent.field("passcode")));
      tab.press("Open");
      tab.awaitText("Too many passcodes were wrong");
      requireNothing(tab);
    }
  }

  @Test
  @Tag("J05")
  void aManifestThatWasChangedOpensNothing() throws IOException {
    Answer sent = office.sendText(SECRET);
    try (Tab tab = office.tab("en")) {
      tab.go(sent.field("link"));
      tab.awaitText("Ana Silva sends you a text");
      tab.meddle("/blobs/", BrokenPageTest::oneBitOff);
      tab.press("Open");
      tab.awaitText("This is not what was sent");
      requireNothing(tab);
    }
  }

  @Test
  void aPrefaceThatWasChangedShowsNothing() throws IOException {
    Answer sent = office.sendText(SECRET);
    try (Tab tab = office.tab("en")) {
      tab.meddle("/v1/sends/[0-9a-f]{32}$", BrokenPageTest::oneBitOff);
      tab.go(sent.field("link"));
      tab.awaitText("This is not what was sent");
      requireNothing(tab);
    }
  }

  private static byte[] oneBitOff(byte[] given) {
    byte[] changed = given.clone();
    changed[changed.length - 50] ^= 1;
    return changed;
  }

  @Test
  @Tag("J05")
  void aContentThatIsNotTheOneThatWasSentLeavesNothing() throws IOException {
    byte[] wanted = content(2);
    Answer sent = office.send(Map.of("b.bin", wanted));
    AtomicReference<byte[]> other = new AtomicReference<>(new byte[1]);
    try (Tab tab = office.tab("en")) {
      Answer another = office.send(Map.of("b.bin", content(3)));
      tab.meddle(
          "/blobs/",
          given -> {
            other.set(given);
            return given;
          });
      tab.go(another.field("link"));
      tab.press("Open");
      tab.press("Save b.bin");
      tab.download("b.bin");
      tab.letBe();
    }
    List<UnaryOperator<byte[]>> lies =
        List.of(
            BrokenPageTest::oneBitOff,
            given -> Arrays.copyOf(given, 56 + 16400),
            given -> Arrays.copyOf(given, given.length + 1),
            _ -> other.get());
    try (Tab tab = office.tab("en")) {
      tab.go(sent.field("link"));
      tab.press("Open");
      tab.awaitText("Save");
      for (UnaryOperator<byte[]> lie : lies) {
        tab.meddle("/blobs/", lie);
        tab.press("Save b.bin");
        tab.await("document.querySelector('li .error')?.textContent.includes('Nothing was saved')");
        requireNothing(tab);
        tab.letBe();
      }
      tab.press("Save b.bin");
      assertArrayEquals(wanted, tab.download("b.bin"));
    }
  }

  @Test
  void aLineThatBreaksIsTakenUpAgainWithTheSameOpening() throws IOException {
    byte[] wanted = content(4);
    Answer sent = office.send(Map.of("c.bin", wanted), "--opens", "1");
    try (Tab tab = office.tab("en")) {
      tab.meddle("/v1/sends/", _ -> new byte[0]);
      tab.go(sent.field("link"));
      tab.awaitText("The server cannot be reached");
      tab.letBe();
      tab.press("Try again");
      tab.awaitText("Ana Silva sends you a file");
      tab.meddle("/open", _ -> new byte[0]);
      tab.press("Open");
      tab.awaitText("Trying again uses up no other opening");
      tab.letBe();
      tab.press("Try again");
      tab.awaitText("Save");
      tab.meddle("/blobs/", _ -> new byte[0]);
      tab.press("Save c.bin");
      tab.awaitText("The connection broke. Nothing was saved");
      requireNothing(tab);
      tab.letBe();
      tab.press("Save c.bin");
      assertArrayEquals(wanted, tab.download("c.bin"));
      assertTrue(office.shown(sent).contains("\"opened\":1"), office.shown(sent));
    }
  }
}
