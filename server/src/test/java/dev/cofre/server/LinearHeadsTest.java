package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A vault's head under many writers whose requests are sent twice, cut off and repeated: what the server said fits one order of writes,
/// and that order is the history.
@Tag("N22")
final class LinearHeadsTest {
  private static final int WRITERS = 6;
  private static final int ATTEMPTS = 6;

  private final ConcurrentLinkedQueue<Write> writes = new ConcurrentLinkedQueue<>();
  private TeamOnServer team;
  private VaultId vault;
  private BlobId blob;

  /// A commit that somebody tried to add: when, and whether it was taken in the end.
  private record Write(Head head, long begun, long ended, boolean taken) {}

  @BeforeEach
  void start() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    blob = team.upload(team.owner, vault, new byte[10]);
  }

  private Head head() {
    return Wire.call(Route.COMMITS, team.owner.token, "?limit=1", new byte[0], team.id(), vault)
        .as(Commits.Page.CODEC)
        .head();
  }

  private void write(int kind) throws Exception {
    long begun = System.nanoTime();
    Commits.Append append =
        team.commit(
            team.owner,
            vault,
            head(),
            team.state.head(),
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob));
    switch (kind) {
      case 0 -> cutOff(append);
      case 1 -> twiceAtOnce(append);
      default -> {}
    }
    Wire.Answer answer = team.send(team.owner, vault, append);
    boolean taken = answer.status() == 200;
    if (!taken) {
      answer.is(Problem.STALE_HEAD);
    }
    Head own =
        new Head(
            dev.cofre.protocol.vault.Commit.read(append.commit()).value().seq(),
            append.commit().hash(Label.COMMIT));
    if (taken) {
      assertEquals(own, answer.as(TeamOnServer.HEAD));
    }
    writes.add(new Write(own, begun, System.nanoTime(), taken));
  }

  /// Sends it and hangs up, perhaps before all of it is sent.
  private void cutOff(Commits.Append append) throws Exception {
    byte[] body = Commits.Append.CODEC.encode(append);
    try (RawWire wire = new RawWire()) {
      wire.say(
          RawWire.head(
              "POST",
              Route.APPEND_COMMIT.path(team.id(), vault),
              team.owner.token,
              "Content-Type: application/cbor",
              "Content-Length: " + body.length));
      boolean whole = ThreadLocalRandom.current().nextBoolean();
      wire.say(whole ? body : java.util.Arrays.copyOf(body, body.length - 1));
      Thread.sleep(ThreadLocalRandom.current().nextInt(20));
    }
  }

  private void twiceAtOnce(Commits.Append append) throws Exception {
    try (ExecutorService twice = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Wire.Answer> one = twice.submit(() -> team.send(team.owner, vault, append));
      Future<Wire.Answer> other = twice.submit(() -> team.send(team.owner, vault, append));
      if (one.get().status() == 200 && other.get().status() == 200) {
        assertEquals(one.get().body(), other.get().body());
      }
    }
  }

  @Test
  void whatWasSaidFitsOneOrder() throws Exception {
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        running.add(
            writers.submit(() -> {
              for (int k = 0; k < ATTEMPTS; k++) {
                write((writer + k) % 3);
              }
              return writer;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    Commits.Page page =
        Wire.call(Route.COMMITS, team.owner.token, "?after=1", new byte[0], team.id(), vault)
            .as(Commits.Page.CODEC);
    Map<Long, Head> chain = new HashMap<>();
    long seq = 1;
    for (Commits.Item item : page.commits()) {
      chain.put(++seq, new Head(seq, item.commit().hash(Label.COMMIT)));
    }
    assertEquals(page.head(), chain.get(seq));
    List<Write> taken = writes.stream().filter(Write::taken).toList();
    assertEquals(chain.size(), taken.size(), "a commit that nobody was told of, or lost");
    assertTrue(taken.size() >= WRITERS);
    for (Write write : taken) {
      assertEquals(chain.get(write.head().seq()), write.head());
    }
    for (Write write : writes) {
      assertEquals(write.taken(), write.head().equals(chain.get(write.head().seq())));
    }
    for (Write earlier : taken) {
      for (Write later : taken) {
        assertTrue(
            earlier.ended() >= later.begun() || earlier.head().seq() < later.head().seq(),
            "a write that was over before another began comes after it");
      }
    }
  }
}
