package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The page of a send and its parts, as the server gives them.
final class SendPageTest {
  private static final Path SOURCES = Path.of("src", "main", "resources", "send-page");
  private static final String[][] HEADERS = {
    {
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    },
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"}
  };

  private static Wire.Answer get(String path) {
    return Wire.send(Wire.request(path, Optional.empty()).GET());
  }

  private static List<String> parts() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void requireHeaders(Wire.Answer answer, String path) {
    for (String[] header : HEADERS) {
      assertEquals(
          List.of(header[1]), answer.headers().allValues(header[0]), path + " " + header[0]);
    }
    assertTrue(answer.headers().firstValue("Permissions-Policy").isPresent(), path);
    assertEquals(List.of(), answer.headers().allValues("Set-Cookie"), path);
  }

  @Test
  @Tag("J02")
  void givesTheBytesOfTheReleaseAndNoOthers() throws IOException {
    for (String name : parts()) {
      boolean page = name.equals("page.html");
      Wire.Answer answer = get(page ? "/s/" + "ab".repeat(16) : "/assets/send/" + name);
      assertEquals(200, answer.status(), name);
      assertArrayEquals(Files.readAllBytes(SOURCES.resolve(name)), answer.body().toArray(), name);
    }
  }

  @Test
  @Tag("J11")
  @Tag("N27")
  void everyPartHasTheHeadersOfAPage() throws IOException {
    requireHeaders(get("/s/" + "ab".repeat(16)), "the page");
    for (String name : parts()) {
      if (!name.equals("page.html")) {
        requireHeaders(get("/assets/send/" + name), name);
      }
    }
  }

  @Test
  @Tag("J08")
  @Tag("N01")
  void isTheSameForEverySendWhetherThereIsOneOrNot() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    TestSend send = TestSend.of(team, team.owner, team.vault(team.owner)).begin();
    Wire.Answer there = get("/s/" + send.id().hex());
    for (String id : List.of("00".repeat(16), "x", "%F0%9F%94%92", "a".repeat(500))) {
      Wire.Answer other = get("/s/" + id);
      assertEquals(200, other.status(), id);
      assertEquals(there.body(), other.body(), id);
      assertEquals(names(there), names(other), id);
    }
  }

  private static List<String> names(Wire.Answer answer) {
    return answer.headers().map().keySet().stream().sorted().toList();
  }

  @Test
  @Tag("J10")
  void lookingAtThePageUsesNothingUp() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    TestSend send = TestSend.of(team, team.owner, team.vault(team.owner)).opens(1).begin();
    for (String method : List.of("GET", "HEAD")) {
      Wire.Answer answer =
          Wire.send(
              Wire.request("/s/" + send.id().hex(), Optional.empty())
                  .header("User-Agent", "a preview robot")
                  .method(method, HttpRequest.BodyPublishers.noBody()));
      assertEquals(200, answer.status(), method);
    }
    assertEquals(0, send.openings().opened());
    send.open(Actor.random(32)).as(Sends.Opened.CODEC);
  }

  @Test
  void hasNoOtherParts() {
    for (String name : List.of("page.html", "page.js.map", "..%2Fapplication.properties", "x")) {
      get("/assets/send/" + name).is(Problem.NOT_FOUND);
    }
    get("/s/").is(Problem.NOT_FOUND);
    get("/assets/send").is(Problem.NOT_FOUND);
  }

  /// Names nobody else's server, and holds nothing that the page's policy would refuse.
  @Test
  @Tag("J03")
  void needsNobodyElseAndTurnsNoTextIntoMarkup() throws IOException {
    Pattern forbidden =
        Pattern.compile(
            "https?://(?!www\\.w3\\.org/2000/svg)|innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
                + "|\\beval\\b|new Function|localStorage|sessionStorage|document\\.cookie|console\\.| style=|<style| on[a-z]+=");
    for (String name : parts()) {
      String text = Files.readString(SOURCES.resolve(name), StandardCharsets.UTF_8);
      assertFalse(forbidden.matcher(text).find(), name);
      assertTrue(text.lines().count() < 400, name);
    }
  }
}
