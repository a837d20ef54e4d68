package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.client.transfer.LocalNames;
import dev.cofre.server.browser.Tab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was sent is opened in a browser.
class PageOfASendTest {
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

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void requireSilent(Tab tab) {
    assertEquals(List.of(), tab.complaints());
  }

  @Test
  void filesOfAnySizeAndNameAreSaved() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("vazio.txt", content(0));
    files.put("Relatório ção.pdf", content(10 << 10));
    files.put("a frame of whole chunks", content((16 << 10) - 8));
    files.put("férias 🏖️.bin", content((3 << 20) + 17));
    Answer sent = office.send(files, "--note", "como falámos", "--opens", "2");
    try (Tab tab = office.tab("en-GB,en")) {
      tab.go(sent.field("link"));
      tab.awaitText("Ana Silva sends you 4 files");
      assertTrue(tab.text().contains("Escritório"), tab.text());
      assertTrue(tab.text().contains("Openings left"), tab.text());
      assertFalse(tab.text().contains("como falámos"), tab.text());
      assertTrue(office.shown(sent).contains("\"opened\":0"), office.shown(sent));
      tab.press("Open");
      tab.awaitText("como falámos");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        tab.press("Save " + file.getKey());
        assertArrayEquals(file.getValue(), tab.download(file.getKey()), file.getKey());
      }
      tab.await("document.body.innerText.split('Saved and verified').length === 5");
      assertTrue(office.shown(sent).contains("\"opened\":1"), office.shown(sent));
      requireSilent(tab);
    }
  }

  @Test
  void aLargeFileGoesToTheDiskAsItComes() throws IOException {
    byte[] large = content(33 << 20);
    Answer sent = office.send(Map.of("large.bin", large));
    try (Tab tab = office.tab("en")) {
      tab.before("delete window.showSaveFilePicker");
      tab.go(sent.field("link"));
      tab.press("Open");
      tab.press("Save large.bin");
      assertArrayEquals(large, tab.download("large.bin"));
      requireSilent(tab);
    }
  }

  @Test
  void aLargeFileGoesWhereWhoeverSavesItSays() throws IOException {
    byte[] large = content(33 << 20);
    Answer sent = office.send(Map.of("picked.bin", large));
    try (Tab tab = office.tab("en")) {
      tab.before(
          "window.showSaveFilePicker = async (o) => { window.suggested = o.suggestedName;"
              + " return (await navigator.storage.getDirectory()).getFileHandle('picked', {create: true}); }");
      tab.go(sent.field("link"));
      tab.press("Open");
      tab.press("Save picked.bin");
      tab.awaitText("Saved and verified");
      assertEquals("picked.bin", tab.value("window.suggested").asText());
      assertEquals(
          large.length,
          tab.value(
                  "navigator.storage.getDirectory().then(d => d.getFileHandle('picked')).then(h => h.getFile()).then(f => f.size)")
              .asInt());
      assertEquals(List.of(), tab.downloaded());
    }
  }

  @Test
  void aTextIsShownCopiedAndWiped() throws IOException {
    String secret = "a palavra-passe: <b>correct</b> & 🐎 \"battery\"";
    Answer sent = office.sendText(secret);
    try (Tab tab = office.tab("pt-PT,pt,en")) {
      tab.go(sent.field("link"));
      tab.awaitText("Ana Silva envia\u2011lhe um texto");
      assertEquals("pt-PT", tab.value("document.documentElement.lang").asText());
      tab.press("Abrir");
      tab.await("document.querySelector('pre')");
      assertEquals(secret, tab.value("document.querySelector('pre').textContent").asText());
      assertEquals(0, tab.value("document.querySelectorAll('main b').length").asInt());
      tab.ask(
          "Browser.grantPermissions",
          "origin",
          office.office().url(),
          "permissions",
          List.of("clipboardReadWrite", "clipboardSanitizedWrite"));
      tab.value("navigator.clipboard.writeText = async (t) => { window.copied = t; }");
      tab.press("Copiar");
      tab.awaitText("Copiado.");
      assertEquals(secret, tab.value("window.copied").asText());
      tab.press("Fechar e limpar");
      tab.awaitText("Fechado");
      assertFalse(tab.value("document.documentElement.outerHTML").asText().contains("battery"));
      requireSilent(tab);
    }
  }

  @Test
  void aPasscodeIsAskedForAndAWrongOneOpensNothing() throws IOException {
    Answer sent = office.sendText("opened with a passcode", "--passcode", "--opens", "1");
    try (Tab tab = office.tab("en")) {
      tab.go(sent.field("link"));
      tab.press("Open");
      tab.awaitText("Type the passcode.");
      tab.value("document.getElementById('passcode').value = 'dado-dado-dado-dado'");
      tab.press("Open");
      tab.awaitText("This is not the passcode");
      assertEquals("passcode", tab.value("document.activeElement.id").asText());
      assertTrue(office.shown(sent).contains("\"opened\":0"), office.shown(sent));
      tab.value(
          "document.getElementById('passcode').value = " + Tab.quoted(sent.field("passcode")));
      tab.press("Open");
      tab.await("document.querySelector('pre')");
      assertEquals(
          "opened with a passcode",
          tab.value("document.querySelector('pre').textContent").asText());
    }
  }

  @Test
  void theKeyboardIsEnough() throws IOException {
    Answer sent = office.send(Map.of("typed.txt", content(77)), "--passcode");
    try (Tab tab = office.tab("en")) {
      tab.go(sent.field("link"));
      tab.awaitText("Passcode");
      tab.type("Tab");
      assertEquals("passcode", tab.value("document.activeElement.id").asText());
      tab.ask("Input.insertText", "text", sent.field("passcode"));
      tab.type("Enter");
      tab.awaitText("Save");
      tab.type("Tab");
      tab.type("Enter");
      assertArrayEquals(content(77), tab.download("typed.txt"));
    }
  }

  @Test
  void closingWhileAFileIsSavedLeavesNothing() throws IOException {
    Answer sent = office.send(Map.of("half.bin", content(100_000)));
    try (Tab tab = office.tab("en")) {
      tab.before(
          """
          const real = window.fetch;
          window.fetch = (url, how) => !window.stuck ? real(url, how) : new Promise((_, end) =>
            how.signal.addEventListener('abort', () => { window.ended = true; end(how.signal.reason); }));
          """);
      tab.go(sent.field("link"));
      tab.press("Open");
      tab.awaitText("Save");
      tab.value("window.stuck = true");
      tab.press("Save half.bin");
      tab.awaitText("Cancel");
      tab.press("Close and wipe");
      tab.await("window.ended && document.body.innerText.includes('Closed')");
      assertFalse(tab.value("document.documentElement.outerHTML").asText().contains("half.bin"));
      assertEquals(List.of(), tab.downloaded());
    }
  }

  @Test
  void afterTenMinutesWithoutAnybodyNothingIsLeft() throws IOException {
    Answer sent = office.sendText("left on a screen");
    try (Tab tab = office.tab("en")) {
      tab.before(
          "const later = window.setTimeout; window.setTimeout = (f, ms, ...a) => { if (ms === 600000) window.idle = f; return later(f, ms, ...a); }");
      tab.go(sent.field("link"));
      tab.press("Open");
      tab.awaitText("left on a screen");
      tab.value("window.idle()");
      tab.awaitText("Nobody was here for ten minutes");
      assertFalse(
          tab.value("document.documentElement.outerHTML").asText().contains("left on a screen"));
    }
  }

  @Test
  @Tag("J04")
  void namesAreMadeHarmlessAsByTheProgram() throws IOException {
    List<String> names =
        List.of(
            "plain.txt",
            "factura\u202Efdp.exe",
            "../../etc/passwd",
            "a\\b:c*?\"<>|d",
            "con",
            "NUL.txt",
            "com¹.x",
            "lpt0",
            ".cofre-x",
            "ends. . ",
            "...",
            "tab\tline\nnul\u0000",
            "\u2066\u200F\u061C\u2028",
            "ação 🏖️.png",
            "x".repeat(400) + ".txt",
            "é".repeat(200));
    try (Tab tab = office.tab("en")) {
      tab.go(office.office().url() + "/s/" + "ab".repeat(16));
      for (String name : names) {
        String harmless =
            tab.value(
                    "import('/assets/send/names.js').then(m => m.harmless("
                        + Tab.quoted(name)
                        + "))")
                .asText();
        assertEquals(LocalNames.harmless(name), harmless);
      }
      String all =
          tab.value(
                  "import('/assets/send/names.js').then(m => m.distinct(['a.txt', 'A.txt', 'a.txt', 'b']).join())")
              .asText();
      assertEquals("a.txt,A (2).txt,a (3).txt,b", all);
    }
  }

  @Test
  void hashesLikeTheBrowser() throws IOException {
    try (Tab tab = office.tab("en")) {
      tab.go(office.office().url() + "/s/" + "ab".repeat(16));
      tab.await("document.querySelector('h1')");
      String wrong =
          tab.value(
                  """
                  import('/assets/send/sha256.js').then(async ({ Sha256 }) => {
                    const wrong = [];
                    for (const n of [0, 1, 55, 56, 63, 64, 65, 119, 128, 1000, 70001]) {
                      const bytes = Uint8Array.from({ length: n }, (_, i) => i * 31);
                      const hash = new Sha256();
                      for (let i = 0; i < n; i += 77) hash.update(bytes.subarray(i, i + 77));
                      const right = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
                      if (hash.finish().join() !== right.join()) wrong.push(n);
                    }
                    return wrong.join();
                  })
                  """)
              .asText();
      assertEquals("", wrong);
    }
  }
}
