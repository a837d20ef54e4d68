package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// Everything that can be done to an answer as a whole: its status, its headers, its bytes, and the state of which it tells.
final class WholeMutations {
  private static final Bytes HTML =
      Bytes.of(
          "<html><body>500 Internal Server Error</body></html>"
              .getBytes(StandardCharsets.US_ASCII));
  private static final Bytes MEBIBYTE = Bytes.zeros(1 << 20);

  private final Drive drive;
  private final List<Mutation> all = new ArrayList<>();

  private WholeMutations(Drive drive) {
    this.drive = drive;
  }

  static List<Mutation> of(Drive drive, Donors donors) {
    WholeMutations mutations = new WholeMutations(drive);
    mutations.elsewhere();
    mutations.statuses();
    mutations.lengths();
    mutations.kinds();
    mutations.bodies();
    mutations.earlier();
    int number = 0;
    for (Bytes body : donors.bodies(drive.route())) {
      mutations.add(
          "an earlier answer " + number++, honest -> honest.success() ? honest.body(body) : honest);
    }
    return mutations.all;
  }

  private void add(String what, UnaryOperator<Answer> change) {
    all.add(Mutation.answer(drive, "answer " + what, (_, honest) -> change.apply(honest)));
  }

  private void elsewhere() {
    String other = Doorway.SECOND.origin();
    for (int status : new int[] {300, 301, 302, 303, 307, 308}) {
      all.add(
          Mutation.answer(
              drive,
              "answer " + status + " to another host",
              (request, _) -> Answer.redirect(status, other + request.target())));
    }
    all.add(
        Mutation.answer(
            drive,
            "answer 307 to itself",
            (request, _) -> Answer.redirect(307, Doorway.FIRST.origin() + request.target())));
    add(
        "401 asking for a password",
        _ -> Answer.empty(401).header("WWW-Authenticate: Basic realm=\"x\""));
    add(
        "407 asking for a password",
        _ -> Answer.empty(407).header("Proxy-Authenticate: Basic realm=\"x\""));
    add(
        "with Refresh, Set-Cookie and Alt-Svc",
        honest ->
            honest
                .header("Refresh: 0; url=" + other)
                .header("Set-Cookie: a=b")
                .header("Alt-Svc: h2=\"" + other + "\""));
  }

  private void statuses() {
    for (int status : new int[] {100, 204, 206, 400, 404, 418, 500, 502, 599, 999}) {
      add("with status " + status, _ -> status == 100 ? Answer.hangUp() : Answer.empty(status));
    }
    for (Problem problem : Problem.values()) {
      add("refused: " + problem.code(), _ -> Answer.problem(problem));
    }
    add("refused in words of its own", _ -> Answer.problem(409, "pay-here"));
    add(
        "refused, with a code for another status",
        _ -> Answer.problem(500, Problem.STALE_HEAD.code()));
    add(
        "later, much later",
        _ -> Answer.problem(Problem.RATE_LIMITED).header("Retry-After: 999999"));
  }

  private void lengths() {
    add(
        "shorter than declared",
        honest -> honest.length(Integer.toString(honest.body().length() + 10)));
    add(
        "longer than declared",
        honest -> honest.length(Integer.toString(honest.body().length() / 2)));
    add("of a negative length", honest -> honest.length("-1"));
    add("of a length that is none", honest -> honest.length("many"));
    add("of 2^63 bytes", honest -> honest.length("9223372036854775808"));
    add("of 1 GiB, declared", honest -> honest.length("1073741824"));
    add(
        "of two lengths",
        honest -> honest.length("1").length(Integer.toString(honest.body().length())));
    add(
        "in chunks that are none",
        honest -> honest.header("Transfer-Encoding: chunked").ending(Answer.Ending.CLOSED));
    add("without end", honest -> honest.body(MEBIBYTE).ending(Answer.Ending.ENDLESS));
    add("cut off", _ -> Answer.hangUp());
    add("with a header of 1 MiB", honest -> honest.header("X: " + "x".repeat(1 << 20)));
    add(
        "with ten thousand headers",
        honest -> {
          List<String> many = new ArrayList<>(honest.headers());
          for (int i = 0; i < 10_000; i++) {
            many.add("X-" + i + ": y");
          }
          return new Answer(honest.status(), many, honest.body(), Answer.Ending.CLOSED);
        });
  }

  private void kinds() {
    add("200 with an error page", _ -> Answer.of(200, "text/html", HTML));
    add(
        "200 with an error page, called a record",
        honest ->
            honest.success()
                ? new Answer(200, honest.headers(), HTML, Answer.Ending.KEPT)
                : honest);
    add("200 with a problem", _ -> Answer.problem(Problem.NOT_FOUND).status(200));
    add(
        "of no type",
        honest -> new Answer(honest.status(), List.of(), honest.body(), Answer.Ending.KEPT));
    add("of another type", honest -> honest.type("application/json"));
    add("said to be gzipped", honest -> honest.header("Content-Encoding: gzip"));
    add(
        "of another range",
        honest ->
            new Answer(
                206,
                List.of("Content-Type: application/octet-stream", "Content-Range: bytes 5-9/10"),
                honest.body(),
                Answer.Ending.KEPT));
  }

  private void bodies() {
    body("empty", _ -> Bytes.EMPTY);
    body("one byte shorter", body -> body.slice(0, Math.max(0, body.length() - 1)));
    body("half as long", body -> body.slice(0, body.length() / 2));
    body("one byte longer", body -> joined(body, Bytes.zeros(1)));
    body("1 MiB longer", body -> joined(body, MEBIBYTE));
    body("twice over", body -> joined(body, body));
    body("all zero", body -> Bytes.zeros(body.length()));
    Random random = new Random(drive.route().ordinal());
    for (int i = 0; i < 6; i++) {
      double at = i == 0 ? 0 : i == 1 ? 0.999999 : random.nextDouble();
      body("a bit flipped " + i, body -> flipped(body, at));
    }
  }

  private void body(String what, UnaryOperator<Bytes> change) {
    add(
        "body " + what,
        honest -> honest.success() ? honest.body(change.apply(honest.body())) : honest);
  }

  private static Bytes flipped(Bytes body, double at) {
    byte[] bytes = body.toArray();
    if (bytes.length > 0) {
      int bit = (int) (at * bytes.length * 8);
      bytes[bit / 8] ^= (byte) (0x80 >> bit % 8);
    }
    return Bytes.of(bytes);
  }

  private static Bytes joined(Bytes one, Bytes two) {
    byte[] both = new byte[one.length() + two.length()];
    one.copyTo(both, 0);
    two.copyTo(both, one.length());
    return Bytes.of(both);
  }

  /// The server tells of how things were some time ago.
  private void earlier() {
    for (int changes : new int[] {1, 2, 4, 8, 14}) {
      all.add(
          new Mutation(
              "state of " + changes + " changes ago",
              Mutation.Aftermath.MAY_MISS_SOMETHING,
              (server, line) -> {
                World now = server.truth();
                World past = now.past(Math.min(changes, now.changes() - 2));
                if (drive.route() == Route.LOG) {
                  line.show(past, now);
                } else if (drive.route() == Route.COMMITS || drive.route() == Route.BUNDLES) {
                  line.show(now, past);
                } else {
                  line.show(past);
                }
              }));
    }
  }
}
