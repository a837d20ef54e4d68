package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import io.micronaut.web.router.Router;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the server answers at all, and what it says to browsers.
final class OpenRoutesTest {
  private static final Set<String> HEALTH =
      Set.of("GET /health", "GET /health/{selector}", "HEAD /health", "HEAD /health/{selector}");
  private static final Set<String> PAGE =
      Set.of(
          "GET /s/{send}", "HEAD /s/{send}", "GET /assets/send/{name}", "HEAD /assets/send/{name}");
  private static final List<String> USUAL_DOORS =
      List.of(
          "/",
          "/beans",
          "/caches",
          "/env",
          "/info",
          "/loggers",
          "/metrics",
          "/prometheus",
          "/refresh",
          "/routes",
          "/stop",
          "/threaddump",
          "/heapdump",
          "/flyway",
          "/liquibase",
          "/configprops",
          "/mappings",
          "/trace",
          "/httptrace",
          "/shutdown",
          "/restart",
          "/jolokia",
          "/actuator",
          "/actuator/env",
          "/management",
          "/admin",
          "/console",
          "/h2-console",
          "/swagger",
          "/swagger-ui",
          "/openapi",
          "/openapi.yml",
          "/graphql",
          "/api",
          "/v1",
          "/v1/",
          "/v2/server",
          "/debug",
          "/debug/pprof",
          "/status",
          "/server-status",
          "/.env",
          "/.git/config",
          "/robots.txt",
          "/favicon.ico",
          "/static/x",
          "/META-INF/MANIFEST.MF",
          "/db/migration/V1__teams_and_vaults.sql",
          "/application.properties",
          "/logback.xml");

  @Test
  @Tag("N25")
  void answersTheRoutesOfTheProtocolThePageOfASendAndHealthAndNothingElse() {
    Set<String> expected = new TreeSet<>();
    for (Route route : Route.values()) {
      expected.add(route.method() + " " + route.template());
    }
    Set<String> found =
        TestServer.bean(Router.class)
            .uriRoutes()
            .map(r -> r.getHttpMethodName() + " " + r.getUriMatchTemplate())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> open = new TreeSet<>(found);
    open.removeAll(expected);
    open.removeIf(route ->
        HEALTH.contains(route) || PAGE.contains(route) || isHeadOfAnother(route, expected));
    assertEquals(Set.of(), open);
    assertTrue(found.containsAll(expected), found::toString);
  }

  private static boolean isHeadOfAnother(String route, Set<String> expected) {
    return expected.contains(route.replaceFirst("^HEAD ", "GET "));
  }

  @Test
  @Tag("N25")
  void hasNoneOfTheUsualDoors() {
    for (String path : USUAL_DOORS) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        HttpRequest.Builder request =
            Wire.request(path, Optional.empty())
                .method(method, HttpRequest.BodyPublishers.noBody());
        Wire.Answer answer = Wire.send(request);
        assertTrue(
            answer.status() == 404 || answer.status() == 415,
            () -> method + " " + path + " " + answer.status());
      }
    }
  }

  @Test
  @Tag("N25")
  void healthSaysNoMoreThanHowItIs() {
    for (String path : List.of("/health", "/health/liveness", "/health/readiness")) {
      Wire.Answer answer = Wire.send(Wire.request(path, Optional.empty()).GET());
      String body = new String(answer.body().toArray());
      assertEquals("{\"status\":\"UP\"}", body, path);
    }
  }

  private static void requireForNoBrowser(Wire.Answer answer, String asked) {
    for (String name : answer.headers().map().keySet()) {
      assertFalse(
          name.toLowerCase(java.util.Locale.ROOT)
              .matches("access-control.*|set-cookie|server|x-powered-by"),
          () -> asked + " answers with " + name);
    }
    for (String[] header :
        new String[][] {
          {"X-Content-Type-Options", "nosniff"},
          {"Cache-Control", "no-store"},
          {
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          },
          {"Referrer-Policy", "no-referrer"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"}
        }) {
      assertEquals(
          List.of(header[1]), answer.headers().allValues(header[0]), asked + " " + header[0]);
    }
  }

  @Test
  @Tag("N26")
  @Tag("N27")
  void noOriginMayReadAnything() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    List<String> paths = new ArrayList<>(List.of("/v1/server", "/v1/teams", "/health", "/nowhere"));
    paths.add(Route.LOG.path(team.id()));
    for (String path : paths) {
      for (String origin :
          List.of(
              "null", "https://evil.example", TestServer.uri().toString(), "http://localhost")) {
        for (String method : List.of("OPTIONS", "GET")) {
          for (String asked : List.of("GET", "POST", "DELETE")) {
            Wire.Answer answer =
                Wire.send(
                    Wire.request(path, method.equals("GET") ? team.owner.token : Optional.empty())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", asked)
                        .header("Access-Control-Request-Headers", "authorization,content-type")
                        .method(method, HttpRequest.BodyPublishers.noBody()));
            requireForNoBrowser(answer, method + " " + path + " from " + origin);
            assertTrue(
                method.equals("GET") || answer.status() >= 400, method + " " + answer.status());
          }
        }
      }
    }
  }

  @Test
  @Tag("N26")
  void aFormOfAnotherSiteChangesNothing() {
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json")) {
      for (Route route : List.of(Route.CREATE_TEAM, Route.CHALLENGE, Route.OPEN_SESSION)) {
        String path = route.template().replace("{team}", "00".repeat(32));
        Wire.Answer answer =
            Wire.send(
                Wire.request(path, Optional.empty())
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("a=b")));
        answer.is(Problem.UNSUPPORTED_MEDIA);
      }
    }
  }

  @Test
  @Tag("N27")
  void everyAnswerIsForNoBrowser() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    requireForNoBrowser(Wire.call(Route.LOG, team.owner.token, team.id()), "200");
    requireForNoBrowser(Wire.call(Route.LOG, Optional.empty(), team.id()), "401");
    requireForNoBrowser(
        Wire.call(Route.LOG, team.owner.token, "?after=x", new byte[0], team.id()), "400");
    requireForNoBrowser(
        Wire.send(
            Wire.request("/v1/server", Optional.empty())
                .method("PATCH", HttpRequest.BodyPublishers.noBody())),
        "405");
    try (RawWire wire = new RawWire()) {
      wire.say("GET /" + "x".repeat(6000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
      RawWire.Said said = wire.hear();
      assertEquals("nosniff", said.header("X-Content-Type-Options"));
      assertEquals("no-store", said.header("Cache-Control"));
    }
  }

  @Test
  @Tag("N13")
  void noAnswerHoldsAnAddressOfTheStorage() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    var vault = team.vault(team.owner);
    var committed = team.upload(team.owner, vault, new byte[1000]);
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(
                new dev.cofre.protocol.FileId(Actor.random(16)), Optional.empty(), committed))
        .as(TeamOnServer.HEAD);
    for (Wire.Answer answer :
        List.of(
            Wire.call(Route.COMMITS, team.owner.token, team.id(), vault),
            Wire.call(Route.BLOB, team.owner.token, team.id(), vault, committed),
            Wire.call(Route.BLOB_ADDRESS, team.owner.token, team.id(), vault, committed),
            team.begin(
                team.owner,
                vault,
                new dev.cofre.protocol.UploadId(Actor.random(16)),
                new dev.cofre.protocol.api.Uploads.Blob(
                    new dev.cofre.protocol.BlobId(Actor.random(16)), 10)))) {
      assertFalse(new String(answer.body().toArray()).contains("://"));
      assertEquals(Optional.empty(), answer.headers().firstValue("Location"));
      assertTrue(answer.status() / 100 != 3);
    }
  }
}
