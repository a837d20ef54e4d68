package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Route;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A storage to which clients go themselves and which lies is no worse than a server that lies.
@Hostile
class StorageTest {
  private static final Bytes MEBIBYTE = Bytes.zeros(1 << 20);

  @TempDir Path directory;

  private static Map<String, UnaryOperator<Answer>> lies() {
    Map<String, UnaryOperator<Answer>> lies = new TreeMap<>();
    String other = Doorway.SECOND.origin() + "/latest/meta-data";
    for (int status : new int[] {302, 307}) {
      lies.put("elsewhere by " + status, _ -> Answer.redirect(status, other));
    }
    for (int status : new int[] {204, 401, 404, 503}) {
      lies.put("nothing but " + status, _ -> Answer.empty(status));
    }
    lies.put("no answer", _ -> Answer.hangUp());
    lies.put("no end", honest -> honest.body(MEBIBYTE).ending(Answer.Ending.ENDLESS));
    lies.put("more than it has", honest -> honest.length("1073741824"));
    lies.put("a bit changed", honest -> honest.body(changed(honest.body())));
    lies.put("all zero", honest -> honest.body(Bytes.zeros(honest.body().length())));
    lies.put("a byte more", honest -> honest.body(Bytes.zeros(honest.body().length() + 1)));
    lies.put("half", honest -> honest.body(honest.body().slice(0, honest.body().length() / 2)));
    lies.put("nothing", honest -> honest.body(Bytes.EMPTY));
    lies.put(
        "no name of a part", honest -> new Answer(200, List.of(), honest.body(), honest.ending()));
    lies.put(
        "a name of a part that is none",
        honest -> new Answer(200, List.of("ETag: <a>&b"), honest.body(), honest.ending()));
    lies.put(
        "an error page",
        _ -> Answer.of(200, "text/html", Bytes.of("<html>".getBytes(StandardCharsets.US_ASCII))));
    return lies;
  }

  private static Bytes changed(Bytes body) {
    byte[] bytes = body.toArray();
    if (bytes.length > 0) {
      bytes[bytes.length / 2] ^= 1;
    }
    return Bytes.of(bytes);
  }

  private void noLieIsBelieved(Route route) throws Exception {
    for (Map.Entry<String, UnaryOperator<Answer>> lie : lies().entrySet()) {
      Path here = Files.createTempDirectory(directory, "play");
      Stage.Play play = Stage.play(here);
      Drive drive = Drives.of(route);
      Actor actor = drive.actor().of(play);
      play.evil().stockroom().lie(lie.getValue());
      Verdict verdict = Verdict.of(() -> drive.operation().run(play, actor));
      assertTrue(verdict.allowed(), () -> lie.getKey() + ": " + verdict);
      play.evil().honest();
      actor.line().show(play.evil().truth());
      assertTrue(Drives.heals(actor), lie::getKey);
      play.company().oracles().ask();
      play.company().oracles().dismiss();
    }
  }

  @Test
  @Tag("N13")
  void noLieOfWhereContentsComeFromIsBelieved() throws Exception {
    noLieIsBelieved(Route.BLOB_ADDRESS);
  }

  @Test
  @Tag("N13")
  void noLieOfWhereContentsGoIsBelieved() throws Exception {
    noLieIsBelieved(Route.PART_ADDRESS);
  }

  @Test
  @Tag("N13")
  @Tag("N20")
  void hearsNothingOfWhatTheServerKnowsAMemberBy() throws Exception {
    for (Route route : List.of(Route.BLOB_ADDRESS, Route.PART_ADDRESS)) {
      Stage.Play play = Stage.play(Files.createTempDirectory(directory, "play"));
      Drive drive = Drives.of(route);
      Actor actor = drive.actor().of(play);
      assertEquals(Verdict.RIGHT, Verdict.of(() -> drive.operation().run(play, actor)));
      List<Received> heard =
          play.evil().transcript().stream()
              .filter(exchange -> exchange.route().isEmpty())
              .map(Exchange::request)
              .toList();
      assertTrue(!heard.isEmpty());
      for (Received request : heard) {
        String head = String.join("\n", request.head());
        assertTrue(
            request.head().stream()
                .skip(1)
                .allMatch(line ->
                    line.matches(
                        "(?i)(host|cache-control|pragma|user-agent|accept|accept-encoding|connection|range|content-length|content-type|x-amz-content-sha256): .*")),
            head);
        assertTrue(!head.contains(play.evil().truth().state().id().hex()), head);
      }
    }
  }
}
