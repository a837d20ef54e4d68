package dev.cofre.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of a request, as far as it says how long the body is. Only what every reader of HTTP understands alike is one (RFC 9112,
/// sections 3, 5 and 6, without what they merely tolerate): a proxy in front can then never see another end of a request than this server does.
record RequestHead(Framing framing, long length) {
  static final Pattern LINE =
      Pattern.compile("(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) /[!-~]*+ HTTP/1\\.([01])");

  /// Possessive: blanks that could belong to two parts of it would be tried in both, for each length.
  static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]++):[ \t]*+([\t -~\u0080-\u00ff]*+)");

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  /// How the end of the body is told.
  enum Framing {
    /// By its length; none is a length of 0.
    LENGTH,
    /// By its chunks.
    CHUNKED
  }

  /// What is no request, or could be read in two ways.
  static final class Ambiguous extends Exception {
    private static final long serialVersionUID = 1L;

    Ambiguous() {
      super("no request, or one that can be read in two ways", null, false, false);
    }
  }

  /// Reads a head.
  ///
  /// @param head all lines, each with its CR LF, without the empty one
  /// @throws Ambiguous when any of it is not in its one form
  static RequestHead read(byte[] head) throws Ambiguous {
    String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    Matcher line = LINE.matcher(lines[0]);
    require(line.matches());
    Fields fields = new Fields();
    for (int i = 1; i < lines.length - 1; i++) {
      Matcher field = FIELD.matcher(lines[i]);
      require(field.matches());
      fields.add(field.group(1).toLowerCase(Locale.ROOT), field.group(2).stripTrailing());
    }
    require(lines[lines.length - 1].isEmpty());
    return fields.framing(line.group(1).equals("1"));
  }

  private static void require(boolean one) throws Ambiguous {
    if (!one) {
      throw new Ambiguous();
    }
  }

  /// The fields that decide where a request ends and whom it is for. Each may be there once.
  private static final class Fields {
    private Optional<String> host = Optional.empty();
    private Optional<String> length = Optional.empty();
    private Optional<String> coding = Optional.empty();

    void add(String name, String value) throws Ambiguous {
      switch (name) {
        case "host" -> host = only(host, value);
        case "content-length" -> length = only(length, value);
        case "transfer-encoding" -> coding = only(coding, value);
        default -> {}
      }
    }

    private static Optional<String> only(Optional<String> before, String value) throws Ambiguous {
      require(before.isEmpty());
      return Optional.of(value);
    }

    RequestHead framing(boolean isVersion11) throws Ambiguous {
      require(host.isPresent() || !isVersion11);
      if (coding.isPresent()) {
        require(isVersion11 && length.isEmpty() && coding.get().equalsIgnoreCase("chunked"));
        return new RequestHead(Framing.CHUNKED, 0);
      }
      require(length.isEmpty() || LENGTH.matcher(length.get()).matches());
      return new RequestHead(Framing.LENGTH, length.map(Long::parseLong).orElse(0L));
    }
  }
}
