package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a server sees of whole commands while a colleague is made to store a guess of a content: which requests there are, and how long
/// each is.
class InjectionTest extends EvilTest {
  private static final String SECRET = "the number of the account is 4711".repeat(90);

  private List<String> since(Stage.Play copy, int before) {
    return copy.evil().transcript().stream().skip(before).map(Exchange::shape).toList();
  }

  /// The requests of Rui, who writes and reads a secret after Ana has stored a guess in the same vault and in another one.
  private List<String> seen(String copy, String guess) throws Exception {
    Stage.Play other = Stage.play(directory.resolve(copy));
    Actor rui = other.rui();
    other.ana().put("/letters/guess.txt", guess);
    other.ana().putIn("Invoices", "/invoices/guess.txt", guess);
    int before = other.evil().transcript().size();
    rui.put("/letters/secret.txt", SECRET);
    rui.put("/letters/second.txt", SECRET);
    rui.put("/letters/second.txt", SECRET.replace('4', '5'));
    assertEquals(SECRET, rui.read("/letters/secret.txt"));
    rui.inVault(vault -> vault.remove(List.of("/letters/guess.txt")));
    return since(other, before);
  }

  @Test
  @Tag("K01")
  @Tag("K02")
  @Tag("K03")
  void aGuessThatMatchesIsSeenAsOneThatDoesNot() throws Exception {
    List<String> right = seen("right", SECRET);
    assertEquals(seen("wrong", SECRET.replace("4711", "0815")), right);
    assertTrue(right.stream().filter(line -> line.startsWith(Route.PUT_PART.name())).count() >= 3);
  }

  @Test
  @Tag("K01")
  void whatCouldBeCompressedIsSeenAsWhatCouldNot() throws Exception {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; noise.length() < SECRET.length(); i++) {
      noise.append(Integer.toHexString((i * 0x9E3779B9) ^ (i << 7)));
    }
    noise.setLength(SECRET.length());
    List<List<String>> seen = new ArrayList<>();
    for (String content : List.of(SECRET, "a".repeat(SECRET.length()), noise.toString())) {
      Stage.Play other = Stage.play(directory.resolve("content" + seen.size()));
      Actor rui = other.rui();
      int before = other.evil().transcript().size();
      rui.put("/letters/new.txt", content);
      seen.add(since(other, before));
    }
    assertEquals(List.of(seen.getFirst(), seen.getFirst()), seen.subList(1, 3));
  }

  /// One content at two paths, in two vaults, and by two members: no two blobs are alike anywhere.
  @Test
  @Tag("K03")
  void theSameContentIsNeverTheSameBlob() throws Exception {
    int before = evil.transcript().size();
    ana.put("/letters/one.txt", SECRET);
    ana.put("/letters/two.txt", SECRET);
    ana.putIn("Invoices", "/invoices/three.txt", SECRET);
    play.rui().put("/letters/four.txt", SECRET);
    List<byte[]> blobs =
        evil.transcript().stream()
            .skip(before)
            .filter(exchange -> exchange.isOf(Route.PUT_PART))
            .map(exchange -> exchange.request().body())
            .map(Bytes::toArray)
            .toList();
    assertEquals(4, blobs.size());
    for (byte[] one : blobs) {
      for (byte[] other : blobs) {
        if (one != other) {
          assertEquals(one.length, other.length);
          for (int from = 0; from + 8 <= one.length; from += 8) {
            assertTrue(
                !Arrays.equals(one, from, from + 8, other, from, from + 8), "alike at " + from);
          }
        }
      }
    }
  }
}
