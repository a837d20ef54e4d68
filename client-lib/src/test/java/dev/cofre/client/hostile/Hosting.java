package dev.cofre.client.hostile;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.api.Blobs;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The honest answer to one request: what comes in is decoded, asked of the [Conversation], and encoded again.
final class Hosting {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final Codec<Head> HEAD = Codec.of(Head.class);

  private final Line line;
  private final Optional<Sessions.Subject> who;
  private final Logins logins;
  private final Stockroom stockroom;
  private final Conversation server;

  Hosting(Line line, Optional<Sessions.Subject> who, Logins logins, Stockroom stockroom) {
    this.line = line;
    this.who = who;
    this.logins = logins;
    this.stockroom = stockroom;
    this.server = new Conversation(line, who);
  }

  Answer answer(Address to, Received request) {
    try {
      return switch (to.route()) {
        case SERVER, CREATE_TEAM, CHALLENGE, OPEN_SESSION, FILL_RELAY -> anybody(to, request);
        case SEND, OPEN_SEND, SEND_BLOB -> withALink(to, request);
        default -> {
          World.unless(who.isPresent(), Problem.NO_SESSION);
          yield somebody(to, request);
        }
      };
    } catch (Refused refused) {
      return Answer.problem(refused.status(), refused.code());
    } catch (MalformedException _) {
      return Answer.problem(Problem.MALFORMED);
    } catch (Exception e) {
      throw new AssertionError("the honest part of the server has a bug", e);
    }
  }

  private Answer anybody(Address to, Received request) throws Exception {
    byte[] body = request.body().toArray();
    return switch (to.route()) {
      case SERVER ->
          Answer.cbor(
              ServerInfo.CODEC.encode(
                  new ServerInfo("1", logins.origin(), ServerInfo.Registration.OPEN)));
      case CREATE_TEAM ->
          Answer.cbor(
              Teams.Created.CODEC.encode(
                  new Teams.Created(server.createTeam(Teams.Create.CODEC.decode(body)))));
      case CHALLENGE -> Answer.cbor(Sessions.Challenge.CODEC.encode(logins.challenge()));
      case OPEN_SESSION ->
          Answer.cbor(
              Sessions.Opened.CODEC.encode(
                  logins.open(
                      line.log().state(), line.delivery(), Sessions.Open.CODEC.decode(body))));
      case FILL_RELAY -> {
        server.fillRelay(to.team(), to.relay(), request.body());
        yield done();
      }
      default -> throw new AssertionError(to);
    };
  }

  private Answer withALink(Address to, Received request) throws Exception {
    Bytes token =
        request
            .token()
            .map(text -> Bytes.of(Base64.getUrlDecoder().decode(text)))
            .orElseThrow(() -> World.refused(Problem.NOT_FOUND, "no token"));
    return switch (to.route()) {
      case SEND -> Answer.cbor(Sends.State.CODEC.encode(server.send(to.send(), token)));
      case OPEN_SEND -> {
        Sends.Open open = Sends.Open.CODEC.decode(request.body().toArray());
        yield Answer.cbor(Sends.Opened.CODEC.encode(server.open(to.send(), token, open)));
      }
      default ->
          ranged(request, (from, length) -> server.blob(to.send(), token, to.blob(), from, length));
    };
  }

  private Answer somebody(Address to, Received request) throws Exception {
    byte[] body = request.body().toArray();
    return switch (to.route()) {
      case END_SESSION -> {
        request.token().ifPresent(logins::end);
        yield done();
      }
      case LOG -> Answer.cbor(Teams.LogPage.CODEC.encode(server.log(to.team(), after(request))));
      case APPEND_ENTRY ->
          Answer.cbor(HEAD.encode(server.append(to.team(), Teams.Append.CODEC.decode(body))));
      case PROFILES -> Answer.cbor(Teams.Profiles.CODEC.encode(server.profiles(to.team())));
      case OPEN_RELAY -> {
        server.openRelay(to.team(), to.relay());
        yield done();
      }
      case READ_RELAY ->
          server
              .readRelay(to.team(), to.relay())
              .map(Answer::raw)
              .orElse(Answer.problem(Problem.NOT_FOUND));
      default -> aboutVault(to, request);
    };
  }

  private Answer aboutVault(Address to, Received request) throws Exception {
    byte[] body = request.body().toArray();
    return switch (to.route()) {
      case COMMITS -> Answer.cbor(Commits.Page.CODEC.encode(commits(to, request)));
      case APPEND_COMMIT ->
          Answer.cbor(
              HEAD.encode(server.append(to.team(), to.vault(), Commits.Append.CODEC.decode(body))));
      case BUNDLES ->
          Answer.cbor(
              Commits.BundlePage.CODEC.encode(
                  server.bundles(
                      to.team(), to.vault(), number(request, "from"), number(request, "to"))));
      case ADD_BUNDLES -> {
        server.addBundles(to.team(), to.vault(), Commits.Bundles.CODEC.decode(body));
        yield done();
      }
      case UNUSABLE_WRAPS -> {
        server.unusable(to.team(), to.vault(), Commits.Unusable.CODEC.decode(body));
        yield done();
      }
      case MISSING ->
          Answer.cbor(Commits.Missing.CODEC.encode(server.missing(to.team(), to.vault())));
      case FETCHED -> {
        MemberId member = new MemberId(Bytes.fromHex(request.query("member").orElseThrow()));
        yield Answer.cbor(
            Commits.Fetched.CODEC.encode(server.fetched(to.team(), to.vault(), member)));
      }
      case OPENINGS ->
          Answer.cbor(
              Sends.Openings.CODEC.encode(server.openings(to.team(), to.vault(), to.send())));
      default -> aboutContents(to, request);
    };
  }

  private Answer aboutContents(Address to, Received request) throws Exception {
    return switch (to.route()) {
      case BEGIN_UPLOAD -> {
        Uploads.Begin begin = Uploads.Begin.CODEC.decode(request.body().toArray());
        yield state(server.beginUpload(to.team(), to.vault(), begin));
      }
      case UPLOAD -> state(server.upload(to.team(), to.vault(), to.upload()));
      case PUT_PART -> {
        ByteBuffer part = ByteBuffer.wrap(request.body().toArray());
        server.putPart(to.team(), to.vault(), to.upload(), to.part(), part);
        yield done();
      }
      case COMPLETE_UPLOAD -> {
        server.completeUpload(to.team(), to.vault(), to.upload());
        yield done();
      }
      case ABORT_UPLOAD -> {
        server.abortUpload(to.team(), to.vault(), to.upload());
        yield done();
      }
      case PART_ADDRESS -> address(part -> put(to, part));
      case PART_STORED -> done();
      case BLOB_ADDRESS -> address(asked -> read(to, asked));
      case BLOB -> blob(to, request);
      case BLOBS -> {
        Blobs.Wanted wanted = Blobs.Wanted.CODEC.decode(request.body().toArray());
        try (InputStream all = server.blobs(to.team(), to.vault(), wanted)) {
          yield Answer.raw(Bytes.of(all.readAllBytes()));
        }
      }
      default -> throw new AssertionError("nobody answers " + to.route());
    };
  }

  private Answer address(Doorway.Host what) {
    return Answer.cbor(
        Blobs.Address.CODEC.encode(
            switch (line.delivery()) {
              case DIRECT -> stockroom.address(what);
              case PROXY -> new Blobs.Address(Optional.empty());
            }));
  }

  private Answer put(Address to, Received part) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(part.body().toArray());
      server.putPart(to.team(), to.vault(), to.upload(), to.part(), bytes);
      return Answer.empty(200).header("ETag: \"0cc175b9c0f1b6a831c399e269772661\"");
    } catch (CofreException _) {
      return Answer.empty(404);
    }
  }

  private Answer blob(Address to, Received request) throws CofreException, IOException {
    return ranged(
        request, (from, length) -> server.blob(to.team(), to.vault(), to.blob(), from, length));
  }

  private Answer read(Address to, Received asked) {
    try {
      return blob(to, asked);
    } catch (CofreException | IOException _) {
      return Answer.empty(404);
    }
  }

  private static Answer state(Uploads.State state) {
    return Answer.cbor(Uploads.State.CODEC.encode(state));
  }

  private static Answer done() {
    return Answer.empty(204);
  }

  private Commits.Page commits(Address to, Received request) throws CofreException {
    long after = number(request, "after");
    int limit = (int) number(request, "limit");
    return request.query("only").isPresent()
        ? server.chain(to.team(), to.vault(), after, limit)
        : server.commits(to.team(), to.vault(), after, limit);
  }

  private static OptionalLong after(Received request) {
    return request.query("after").map(Long::parseLong).stream().mapToLong(a -> a).findFirst();
  }

  private static long number(Received request, String name) {
    return Long.parseLong(request.query(name).orElseThrow());
  }

  private interface Ciphertext {
    InputStream open(long from, OptionalLong length) throws CofreException;
  }

  private static Answer ranged(Received request, Ciphertext blob)
      throws CofreException, IOException {
    Optional<Matcher> range = request.header("Range").map(RANGE::matcher).filter(Matcher::matches);
    if (range.isEmpty()) {
      return Answer.raw(read(blob, 0, OptionalLong.empty()));
    }
    long from = Long.parseLong(range.get().group(1));
    String end = range.get().group(2);
    OptionalLong length =
        end.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(end) - from + 1);
    Bytes part = read(blob, from, length);
    String told = "bytes " + from + "-" + (from + part.length() - 1) + "/*";
    return new Answer(
        206,
        List.of("Content-Type: application/octet-stream", "Content-Range: " + told),
        part,
        Answer.Ending.KEPT);
  }

  private static Bytes read(Ciphertext blob, long from, OptionalLong length)
      throws CofreException, IOException {
    try (InputStream in = blob.open(from, length)) {
      return Bytes.of(in.readAllBytes());
    }
  }
}
