package dev.cofre.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.server.Actor;
import dev.cofre.server.RawWire;
import dev.cofre.server.TeamOnServer;
import dev.cofre.server.TestServer;
import dev.cofre.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Requests that two readers of HTTP could see end in different places, each followed by one that somebody hopes to hide there: the
/// opening of a slot, which leaves a trace when it is taken.
final class SmugglingTest {
  private static final String CHALLENGE =
      "POST /v1/teams/" + "00".repeat(32) + "/challenges HTTP/1.1\r\nHost: x\r\n";
  private static final String CBOR = CHALLENGE + "Content-Type: application/cbor\r\n";
  private static TeamOnServer team;

  @BeforeAll
  static void aMemberWhoMayOpenSlots() throws Exception {
    team = TeamOnServer.start();
  }

  private static String opening(RelayId slot) {
    return RawWire.head(
        "POST", Route.OPEN_RELAY.path(team.id(), slot), team.owner.token, "Content-Length: 0");
  }

  private static boolean isOpen(RelayId slot) {
    Wire.Answer answer =
        Wire.call(Route.FILL_RELAY, Optional.empty(), "", new byte[1], team.id(), slot);
    TestServer.CLOCK.advance(java.time.Duration.ofMillis(100));
    return answer.status() == 204;
  }

  private static List<String> statuses(String answers) {
    return java.util.regex.Pattern.compile("HTTP/1\\.[01] ([0-9]{3})")
        .matcher(answers)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private interface Attempt {
    String with(String hidden);
  }

  private static DynamicTest refused(String name, Attempt attempt) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          RelayId slot = new RelayId(Actor.random(16));
          try (RawWire wire = new RawWire()) {
            wire.say(attempt.with(opening(slot)));
            assertEquals(List.of("400"), statuses(wire.hearOut(20_000)));
          }
          assertTrue(!isOpen(slot), "what was hidden was done");
        });
  }

  @Test
  void takesWhatIsPipelinedProperly() throws Exception {
    RelayId slot = new RelayId(Actor.random(16));
    try (RawWire wire = new RawWire()) {
      wire.say(RawWire.head("GET", "/v1/server", Optional.empty()) + opening(slot));
      assertEquals(200, wire.hear().status());
      assertEquals(204, wire.hear().status());
    }
    assertTrue(isOpen(slot));
  }

  @Tag("N05")
  @TestFactory
  List<DynamicTest> refusesAHeadThatEndsInTwoPlaces() {
    List<DynamicTest> tests = new ArrayList<>();
    String te = "Transfer-Encoding: chunked\r\n";
    tests.add(refused("CL.TE", x -> CBOR + "Content-Length: 5\r\n" + te + "\r\n0\r\n\r\n" + x));
    tests.add(
        refused("TE.CL", x -> CBOR + te + "Content-Length: 4\r\n\r\n" + chunk(x) + "0\r\n\r\n"));
    tests.add(
        refused(
            "CL 0.TE", x -> CBOR + "Content-Length: 0\r\n" + te + "\r\n" + chunk(x) + "0\r\n\r\n"));
    for (String lengths :
        List.of(
            "Content-Length: 1\r\nContent-Length: 1",
            "Content-Length: 1\r\nContent-Length: 0",
            "Content-Length: 0\r\nContent-Length: 1",
            "Content-Length: 1, 1",
            "Content-Length: +1",
            "Content-Length: -1",
            "Content-Length: 1 0",
            "Content-Length: 0x1",
            "Content-Length: 1.0",
            "Content-Length: 1e0",
            "Content-Length: ",
            "Content-Length: ١",
            "Content-Length: 18446744073709551617",
            "Content-Length: 99999999999999999999",
            "Content-Length : 1",
            "Content-Length\t: 1",
            " Content-Length: 1",
            "Content-Length:\r\n 1",
            "Content-Length: 1\r\n 0",
            "Content_Length: 1\r\nContent-Length: 1\u0000",
            "Content-Length: 1\u000b",
            "Content-Length: 1\r\nX: y\rContent-Length: 0")) {
      tests.add(refused(printed(lengths), x -> CBOR + lengths + "\r\n\r\nA" + x));
    }
    for (String codings :
        List.of(
            "Transfer-Encoding : chunked",
            "Transfer-Encoding\t: chunked",
            " Transfer-Encoding: chunked",
            "Transfer-Encoding:\r\n chunked",
            "Transfer-Encoding: chunked\r\n ",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked;q=1",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: chunked\u0000",
            "Transfer-Encoding: x\nTransfer-Encoding: chunked",
            "Transfer-Encoding\u0000: chunked",
            "Transfer-Encoding: ")) {
      tests.add(refused(printed(codings), x -> CBOR + codings + "\r\n\r\n0\r\n\r\n" + x));
    }
    return tests;
  }

  @Tag("N05")
  @TestFactory
  List<DynamicTest> refusesALineThatIsNotInItsOneForm() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line :
        List.of(
            "GET /v1/server HTTP/0.9",
            "GET /v1/server",
            "GET /v1/server HTTP/1.2",
            "GET /v1/server HTTP/2.0",
            "GET /v1/server http/1.1",
            "GET  /v1/server HTTP/1.1",
            "GET\t/v1/server HTTP/1.1",
            "GET /v1/server HTTP/1.1 ",
            " GET /v1/server HTTP/1.1",
            "\r\nGET /v1/server HTTP/1.1",
            "get /v1/server HTTP/1.1",
            "GET http://x/v1/server HTTP/1.1",
            "GET //x/../v1 server HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT x:80 HTTP/1.1",
            "TRACE /v1/server HTTP/1.1",
            "GET /v1/server\u0000 HTTP/1.1",
            "GET /v1/sérver HTTP/1.1",
            "GET /v1/server\u000bHTTP/1.1",
            "\u0016\u0003\u0001\u0002")) {
      tests.add(refused(printed(line), x -> line + "\r\nHost: x\r\n\r\n" + x));
    }
    for (String field :
        List.of(
            "",
            "Host: x\r\nHost: x",
            "Host: x\r\nHost: y",
            "Host: x\r\nX Y: z",
            "Host: x\r\nno colon",
            "Host: x\r\n: no name",
            "Host: x\r\nX: a\u0000b",
            "Host: x\r\nX: a\u0001b",
            "Host: x\r\nX: a\r\n folded",
            "Host: x\r\nX: a\r\n\tfolded",
            "Host: x\r\nX: a\nY: b",
            "Host: x\r\nX: a\rY: b",
            "Host: x\r\n\r",
            "Host: x\r\nX(Y): z")) {
      String fields = field.isEmpty() ? "" : field + "\r\n";
      tests.add(refused(printed(field), x -> "GET /v1/server HTTP/1.1\r\n" + fields + "\r\n" + x));
    }
    tests.add(refused("bare LF everywhere", x -> "GET /v1/server HTTP/1.1\nHost: x\n\n" + x));
    tests.add(
        refused(
            "chunked in HTTP/1.0",
            x -> CBOR.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + x));
    tests.add(
        refused(
            "a head of 17 KiB",
            x ->
                "GET /v1/server HTTP/1.1\r\nHost: x\r\nX: "
                    + "y".repeat(17 << 10)
                    + "\r\n\r\n"
                    + x));
    return tests;
  }

  @Tag("N05")
  @TestFactory
  List<DynamicTest> refusesAChunkThatIsNotInItsOneForm() {
    List<DynamicTest> tests = new ArrayList<>();
    String head = CBOR + "Transfer-Encoding: chunked\r\n\r\n";
    for (String chunks :
        List.of(
            "0;\r\n\r\n",
            "0;a=b\r\n\r\n",
            "0;a\nb\r\n\r\n",
            "1;x\nA\r\n0\r\n\r\n",
            "0x0\r\n\r\n",
            "+0\r\n\r\n",
            "-1\r\n\r\n",
            " 0\r\n\r\n",
            "0 \r\n\r\n",
            "\r\n0\r\n\r\n",
            "g\r\n\r\n",
            "ffffffffffffffff\r\n",
            "100000000\r\n",
            "80000000\r\n",
            "00000000000000000\r\n\r\n",
            "1\nA\r\n0\r\n\r\n",
            "1\r\nAB\r\n0\r\n\r\n",
            "1\r\nA\n0\r\n\r\n",
            "1\r\nA0\r\n\r\n",
            "0\r\nContent-Length: 1\r\n\r\n",
            "0\r\nX: y\r\n\r\n",
            "0\n\n",
            "0\r\n\n",
            "0\r\nA\r\n")) {
      tests.add(refused(printed(chunks), x -> head + chunks + x));
    }
    return tests;
  }

  @Test
  @Tag("N05")
  void answersWhatCameBeforeFirst() throws Exception {
    RelayId slot = new RelayId(Actor.random(16));
    try (RawWire wire = new RawWire()) {
      wire.say(
          RawWire.head("GET", "/v1/server", Optional.empty())
              + RawWire.head("GET", "/v1/nowhere", Optional.empty())
              + "GET /v1/server HTTP/1.1\nHost: x\r\n\r\n"
              + opening(slot));
      assertEquals(List.of("200", "404", "400"), statuses(wire.hearOut(20_000)));
    }
    assertTrue(!isOpen(slot));
  }

  @Test
  @Tag("N05")
  void aRefusalIsAProblemLikeAnyOther() throws Exception {
    try (RawWire wire = new RawWire()) {
      wire.say("GET /v1/server HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n");
      RawWire.Said said = wire.hear();
      assertEquals(Problem.MALFORMED.code(), said.problem());
      assertEquals("nosniff", said.header("X-Content-Type-Options"));
      assertTrue(wire.isEndedWithin(5000));
    }
  }

  @Test
  @Tag("N05")
  void aBodyIsNeverARequest() throws Exception {
    RelayId slot = new RelayId(Actor.random(16));
    String hidden = opening(slot);
    for (String head :
        List.of(
            "GET /v1/server HTTP/1.1\r\nHost: x\r\n",
            "HEAD /v1/server HTTP/1.1\r\nHost: x\r\n",
            "DELETE /v1/nowhere HTTP/1.1\r\nHost: x\r\n",
            CBOR)) {
      try (RawWire wire = new RawWire()) {
        wire.say(
            head + "Content-Length: " + hidden.length() + "\r\nConnection: close\r\n\r\n" + hidden);
        assertEquals(1, statuses(wire.hearOut(20_000)).size(), head);
      }
      try (RawWire wire = new RawWire()) {
        wire.say(
            head
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + chunk(hidden)
                + "0\r\n\r\n");
        assertEquals(1, statuses(wire.hearOut(20_000)).size(), head);
      }
    }
    assertTrue(!isOpen(slot));
  }

  @Test
  @Tag("N06")
  void speaksNoHttp2() throws Exception {
    try (RawWire wire = new RawWire()) {
      wire.say(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000");
      String answer = wire.hearOut(20_000);
      assertEquals(List.of("400"), statuses(answer));
    }
    for (String upgrade : List.of("h2c", "HTTP/2.0", "h2", "websocket", "TLS/1.3")) {
      try (RawWire wire = new RawWire()) {
        wire.say(
            RawWire.head(
                "GET",
                "/v1/server",
                Optional.empty(),
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: " + upgrade,
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "Sec-WebSocket-Version: 13",
                "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA"));
        RawWire.Said said = wire.hear();
        assertEquals(200, said.status(), upgrade);
        assertEquals("", said.header("Upgrade"));
      }
    }
  }

  private static String printed(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      out.append(c < 0x20 || c > 0x7e ? "\\x" + Integer.toHexString(c) : String.valueOf(c));
    }
    return out.isEmpty() ? "nothing" : out.toString();
  }
}
