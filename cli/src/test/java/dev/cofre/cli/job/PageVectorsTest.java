package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.server.RunningServer;
import dev.cofre.server.Settings;
import dev.cofre.server.browser.Chromium;
import dev.cofre.server.browser.Tab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts of the page of a send keep to the formats: the vectors of format.md, section 13, and CBOR in its one form.
class PageVectorsTest {
  private static final Path VECTORS =
      Path.of("..", "client-lib", "src", "test", "resources", "testkit");
  private static final String OPENS =
      """
      (async (v) => {
        const { openContent, openPadded, reading } = await import('/assets/send/cobblestone.js');
        const { Sha256 } = await import('/assets/send/sha256.js');
        const hex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
        const sealed = Uint8Array.from(atob(v.body), (c) => c.charCodeAt(0));
        const hash = new Sha256();
        const [key, context] = [hex(v.key), hex(v.context)];
        try {
          if (v.kind === 'record') hash.update(await openPadded(key, context, sealed));
          else for await (const piece of openContent(key, context, Number(v.length), reading(sealed))) hash.update(piece);
        } catch (e) {
          return e.what === 'altered' ? 'refused' : String(e);
        }
        return Array.from(hash.finish(), (b) => b.toString(16).padStart(2, '0')).join('') === v.sha256 ? 'success' : 'refused';
      })(%s)
      """;
  @TempDir private static Path directory;
  private static Chromium chromium;
  private static RunningServer server;
  private static Tab tab;

  @BeforeAll
  static void open() throws IOException {
    chromium = Chromium.start(directory.resolve("browser"));
    server =
        RunningServer.start(
            Settings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                directory.resolve("server")),
            InstantSource.system());
    tab = chromium.tab("en", Files.createDirectories(directory.resolve("downloads")));
    tab.go(server.uri() + "/s/" + "00".repeat(16));
    tab.awaitText("This link is not whole");
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static Map<String, String> vector(Path file) throws IOException {
    Map<String, String> vector = new TreeMap<>();
    String[] parts = Files.readString(file).split("\n\n", 2);
    parts[0].lines().forEach(line -> vector.put(line.split(": ?")[0], line.split(": ?", 2)[1]));
    vector.put("body", parts[1].replaceAll("\\s", ""));
    return vector;
  }

  private static String json(Map<String, String> vector) {
    return vector.entrySet().stream()
        .map(each -> Tab.quoted(each.getKey()) + ":" + Tab.quoted(each.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void opensWhatTheVectorsSayAndNothingElse() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(VECTORS)) {
      files =
          all.filter(file -> file.getFileName().toString().matches("(content|record)_.*"))
              .sorted()
              .toList();
    }
    assertTrue(files.size() > 30, files::toString);
    for (Path file : files) {
      Map<String, String> vector = vector(file);
      String expected = "success".equals(vector.get("expect")) ? "success" : "refused";
      assertEquals(expected, tab.value(OPENS.formatted(json(vector))).asText(), file.toString());
    }
  }

  @Test
  void readsCborInItsOneFormOnly() {
    String wrong =
        tab.value(
                """
                import('/assets/send/cbor.js').then((c) => {
                  const { bytes, decode, encode, list, optional, structure, text, uint } = c;
                  const hex = (t) => Uint8Array.from(t.match(/../g) ?? [], (pair) => parseInt(pair, 16));
                  const cases = [
                    [uint(), '00', 0], [uint(), '17', 23], [uint(), '1818', 24], [uint(), '1903e8', 1000],
                    [uint(), '1b001fffffffffffff', 2 ** 53 - 1],
                    [uint(), '1817'], [uint(), '190018'], [uint(), '1a0000ffff'], [uint(), '1b00000000ffffffff'],
                    [uint(), '1b0020000000000000'], [uint(), '20'], [uint(), '1c'], [uint(), '1f'], [uint(), ''], [uint(), '18'],
                    [uint(), '0000'], [uint(), 'f6'], [uint(5), '06'],
                    [text(0, 9), '6161', 'a'], [text(0, 9), '63efbbbf', '\\ufeff'], [text(0, 9), '61ff'], [text(0, 9), '7f6161ff'],
                    [text(2, 9), '6161'], [text(0, 1), '626161'], [text(0, 9), '4161'], [text(0, 9), '780161'],
                    [text(0, 99), '78ff61'],
                    [bytes(1), '41ff', '255'], [bytes(1), '42ffff'], [bytes(1), '61ff'],
                    [optional(uint()), 'f6', null], [optional(uint()), '01', 1], [optional(uint()), 'f7'], [optional(uint()), 'f5'],
                    [list(uint(), 2), '820102', '1,2'], [list(uint(), 2), '83010203'], [list(uint(), 2), '9f01ff'], [list(uint(), 2), '8201'],
                    [structure({ a: uint() }, 1), '820107', '[object Object]'], [structure({ a: uint() }, 1), '820207'],
                    [structure({ a: uint() }, 1), '8101'], [structure({ a: uint() }), '820107'], [structure({ a: uint() }), 'a10107'],
                  ];
                  return cases
                    .filter(([item, encoded, expected]) => {
                      try {
                        const value = decode(item, hex(encoded));
                        return expected === undefined || String(value) !== String(expected);
                      } catch (e) {
                        return expected !== undefined || !e.what;
                      }
                    })
                    .map(([, encoded]) => encoded)
                    .join();
                })
                """)
            .asText();
    assertEquals("", wrong);
  }
}
