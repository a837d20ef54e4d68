package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An answer as it will be sent, truthful or not: status, header lines as they stand, the body, and how it ends.
record Answer(int status, List<String> headers, Bytes body, Ending ending) {
  /// What becomes of the connection.
  enum Ending {
    /// Ready for the next request.
    KEPT,
    /// Closed after the body.
    CLOSED,
    /// Closed in place of an answer.
    HUNG_UP,
    /// The body comes again and again, for as long as somebody reads.
    ENDLESS
  }

  private static final Answer HANG_UP = new Answer(0, List.of(), Bytes.EMPTY, Ending.HUNG_UP);

  Answer {
    headers = List.copyOf(headers);
  }

  /// A record.
  static Answer cbor(byte[] body) {
    return of(200, "application/cbor", Bytes.of(body));
  }

  /// Raw bytes.
  static Answer raw(Bytes body) {
    return of(200, "application/octet-stream", body);
  }

  /// Any content.
  static Answer of(int status, String type, Bytes body) {
    return new Answer(status, List.of("Content-Type: " + type), body, Ending.KEPT);
  }

  /// A status alone.
  static Answer empty(int status) {
    return new Answer(status, List.of(), Bytes.EMPTY, Ending.KEPT);
  }

  /// A refusal as the protocol has it.
  static Answer problem(int status, String code) {
    return new Answer(
        status,
        List.of("Content-Type: application/problem+json", Problem.HEADER + ": " + code),
        Bytes.of(
            ("{\"type\":\"urn:cofre:problem:" + code + "\"}").getBytes(StandardCharsets.UTF_8)),
        Ending.KEPT);
  }

  static Answer problem(Problem problem) {
    return problem(problem.status(), problem.code());
  }

  /// Another place to go to.
  static Answer redirect(int status, String location) {
    return empty(status).header("Location: " + location);
  }

  /// No answer at all.
  static Answer hangUp() {
    return HANG_UP;
  }

  boolean success() {
    return status / 100 == 2;
  }

  Answer status(int other) {
    return new Answer(other, headers, body, ending);
  }

  Answer body(Bytes other) {
    return new Answer(status, headers, other, ending);
  }

  /// With one more header line.
  Answer header(String line) {
    List<String> more = new ArrayList<>(headers);
    more.add(line);
    return new Answer(status, more, body, ending);
  }

  /// With another content type.
  Answer type(String type) {
    return new Answer(status, List.of("Content-Type: " + type), body, ending);
  }

  /// With a length that need not be the body's; the connection ends with it.
  Answer length(String declared) {
    return header("Content-Length: " + declared).ending(Ending.CLOSED);
  }

  Answer ending(Ending other) {
    return new Answer(status, headers, body, other);
  }

  /// Whether the connection ends with it, at the latest because nobody could tell where the body ends.
  boolean last() {
    return ending != Ending.KEPT || ((status == 204 || status == 304) && body.length() > 0);
  }

  /// Writes it; what is declared by no header is declared truthfully.
  void write(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    boolean declared =
        headers.stream()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .anyMatch(l -> l.startsWith("content-length") || l.startsWith("transfer-encoding"));
    if (!declared && ending != Ending.ENDLESS && status != 204 && status != 304) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    if (last()) {
      head.append("Connection: close\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    byte[] bytes = body.toArray();
    do {
      out.write(bytes);
    } while (ending == Ending.ENDLESS && bytes.length > 0);
    out.flush();
  }
}
