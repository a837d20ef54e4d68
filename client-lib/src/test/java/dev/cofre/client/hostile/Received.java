package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A request exactly as it arrived: the lines of its head (request line first, without line ends), and its body.
record Received(List<String> head, Bytes body) {
  Received {
    head = List.copyOf(head);
  }

  /// `GET`, `POST`, …
  String method() {
    return head.getFirst().split(" ")[0];
  }

  /// Path and query.
  String target() {
    return head.getFirst().split(" ")[1];
  }

  /// The path alone.
  String path() {
    return target().split("\\?", 2)[0];
  }

  /// A parameter of the query.
  Optional<String> query(String name) {
    String[] parts = target().split("\\?", 2);
    return parts.length < 2
        ? Optional.empty()
        : List.of(parts[1].split("&")).stream()
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .findFirst();
  }

  /// A header.
  Optional<String> header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.stream()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  /// The token of a session.
  Optional<String> token() {
    return header("Authorization").filter(h -> h.startsWith("Bearer ")).map(h -> h.substring(7));
  }

  /// The same with another body.
  Received with(Bytes other) {
    return new Received(head, other);
  }

  /// All of it, as it came over the wire.
  byte[] everything() {
    byte[] lines = String.join("\n", head).getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[lines.length + 1 + body.length()];
    System.arraycopy(lines, 0, all, 0, lines.length);
    body.copyTo(all, lines.length + 1);
    return all;
  }
}
