package dev.cofre.server.api;

import dev.cofre.protocol.api.Problem;
import dev.cofre.server.domain.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One range of bytes: `length` of them from `first`.
record ByteRange(long first, long length) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

  /// Reads `bytes=a-b` or `bytes=a-`, cut at the end of the whole.
  ///
  /// @throws Refusal when it is anything else, or begins beyond the end
  static ByteRange parse(String header, long total) {
    Matcher matcher = FORM.matcher(header);
    Refusal.unless(matcher.matches(), Problem.RANGE, "not bytes=a-b or bytes=a-");
    long first = Long.parseLong(matcher.group(1));
    String end = matcher.group(2);
    long last = end.isEmpty() ? total - 1 : Math.min(Long.parseLong(end), total - 1);
    Refusal.unless(first <= last, Problem.RANGE, "outside the blob");
    return new ByteRange(first, last - first + 1);
  }

  /// The `Content-Range` header.
  String header(long total) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + total;
  }
}
