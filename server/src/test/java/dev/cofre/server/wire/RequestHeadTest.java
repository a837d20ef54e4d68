package dev.cofre.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a head costs whoever reads it.
final class RequestHeadTest {
  private static final int LONG = 16_300;

  /// A text that counts how often it is looked at.
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static void requireCheapRefusal(Pattern pattern, String text) {
    Counted counted = new Counted(text);
    assertFalse(pattern.matcher(counted).matches());
    assertTrue(counted.looks <= 4L * LONG, () -> counted.looks + " looks");
  }

  @Test
  void looksAtEachCharacterOnlyAFewTimes() {
    for (String part : List.of(" ", "\t", "a", ":", " a", "a ", "\u00e9")) {
      String many = part.repeat(LONG / part.length());
      requireCheapRefusal(RequestHead.FIELD, "a:" + many + "\u0001");
      requireCheapRefusal(RequestHead.FIELD, many);
      requireCheapRefusal(RequestHead.FIELD, "a" + many + "\u0001");
      requireCheapRefusal(RequestHead.LINE, "GET /" + many);
      requireCheapRefusal(RequestHead.LINE, "GET /" + many + " HTTP/1.2");
    }
  }

  @Test
  void takesAValueWithoutTheBlanksAroundIt() throws Exception {
    String head = "POST / HTTP/1.1\r\nHost: \t x y \t\r\nContent-Length:\t 7 \r\nX:   \r\n";
    RequestHead read = RequestHead.read(head.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(new RequestHead(RequestHead.Framing.LENGTH, 7), read);
    assertThrows(
        RequestHead.Ambiguous.class,
        () ->
            RequestHead.read(
                ("GET / HTTP/1.1\r\nHost: x\r\na:" + " ".repeat(LONG) + "\u0001\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1)));
  }
}
