package dev.cofre.client.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a request says beside what it is for: nothing of the machine or of who sits at it.
class RequestHeadersTest {
  private interface Call {
    void run(Server server) throws CofreException;
  }

  private static List<String> heard(Call call) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<String>> head =
          CompletableFuture.supplyAsync(() -> readHead(listening));
      Origin origin = Origin.of(URI.create("http://127.0.0.1:" + listening.getLocalPort()));
      Network network =
          new Network(InstantSource.system(), RandomSource.system(), _ -> {}, Patience.USUAL);
      assertThrows(CofreException.class, () -> call.run(HttpRemote.anonymous(origin, network)));
      return head.get();
    }
  }

  private static List<String> readHead(ServerSocket listening) {
    try (Socket caller = listening.accept()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
      }
      caller
          .getOutputStream()
          .write(
              "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return lines;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Set<String> names(List<String> head) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    head.subList(1, head.size()).forEach(line -> names.add(line.substring(0, line.indexOf(':'))));
    return names;
  }

  @Test
  @Tag("K07")
  void tellsNothingOfTheMachine() throws Exception {
    List<String> asked = heard(Server::info);
    assertEquals(
        Set.of(
            "Accept",
            "Accept-Encoding",
            "Cache-Control",
            "Connection",
            "Host",
            "Pragma",
            "User-Agent"),
        names(asked));
    assertEquals("User-Agent: cofre", line(asked, "User-Agent"));
    TeamId team = new TeamId(Bytes.zeros(32));
    List<String> sent =
        heard(server -> server.fillRelay(team, new RelayId(Bytes.zeros(16)), Bytes.zeros(100)));
    assertEquals(
        Set.of(
            "Accept",
            "Accept-Encoding",
            "Cache-Control",
            "Connection",
            "Content-Length",
            "Content-Type",
            "Host",
            "Pragma",
            "User-Agent"),
        names(sent));
    assertEquals("Content-Type: application/octet-stream", line(sent, "Content-Type"));
  }

  private static String line(List<String> head, String name) {
    return head.stream().filter(line -> line.startsWith(name + ":")).findFirst().orElseThrow();
  }
}
