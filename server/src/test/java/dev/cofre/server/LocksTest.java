package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.server.store.TeamRows;
import dev.cofre.server.store.Transactions;
import dev.cofre.server.store.VaultRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A vault whose row somebody keeps locked.
final class LocksTest {
  private static final int MANY = 20;

  private final CountDownLatch enough = new CountDownLatch(1);
  private TeamOnServer team;
  private VaultId vault;
  private BlobId blob;
  private Actor ana;

  @BeforeEach
  void aVaultWithAFile() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    ana = team.member("ana", vault, VaultRole.VIEWER);
    blob = team.upload(team.owner, vault, new byte[1000]);
    team.append(
            team.owner,
            vault,
            TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob))
        .as(TeamOnServer.HEAD);
  }

  private Future<?> keepLocked(ExecutorService executor) throws InterruptedException {
    CountDownLatch locked = new CountDownLatch(1);
    Future<?> holder =
        executor.submit(() ->
            TestServer.bean(Transactions.class)
                .write(() -> {
                  var _ = TestServer.bean(TeamRows.class).lock(team.id().value());
                  var _ = TestServer.bean(VaultRows.class).lock(team.id().value(), vault.value());
                  locked.countDown();
                  try {
                    enough.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  return vault;
                }));
    locked.await();
    return holder;
  }

  @Nested
  final class AViewer {
    @Test
    void readsMeanwhile() throws Exception {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> holder = keepLocked(executor);
        try {
          assertTimeoutPreemptively(
              Duration.ofSeconds(5),
              () ->
                  assertEquals(
                      200, Wire.call(Route.BLOB, ana.token, team.id(), vault, blob).status()));
        } finally {
          enough.countDown();
        }
        holder.get();
      }
    }
  }

  @Nested
  final class AnotherTeam {
    @Test
    void writesWhileManyWaitForTheRow() throws Exception {
      List<Callable<Wire.Answer>> commits = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        Commits.Append append =
            team.commit(
                team.owner,
                vault,
                TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob));
        commits.add(() -> team.send(team.owner, vault, append));
      }
      int taken = 0;
      for (Wire.Answer got : answersWhileItWrites(commits)) {
        if (got.status() == 200) {
          taken++;
        } else {
          got.is(Problem.STALE_HEAD);
        }
      }
      assertEquals(1, taken);
    }

    @Test
    void writesWhileManyBeginUploads() throws Exception {
      List<Callable<Wire.Answer>> uploads = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        uploads.add(() ->
            team.begin(
                team.owner,
                vault,
                new UploadId(Actor.random(16)),
                new Uploads.Blob(new BlobId(Actor.random(16)), 10)));
      }
      answersWhileItWrites(uploads).forEach(answer -> assertEquals(200, answer.status()));
    }

    private List<Wire.Answer> answersWhileItWrites(List<Callable<Wire.Answer>> requests)
        throws Exception {
      TeamOnServer other = TeamOnServer.start();
      List<Wire.Answer> answers = new ArrayList<>();
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> holder = keepLocked(executor);
        List<Future<Wire.Answer>> waiting = new ArrayList<>();
        try {
          requests.forEach(request -> waiting.add(executor.submit(request)));
          Thread.sleep(500);
          assertTimeoutPreemptively(Duration.ofSeconds(5), () -> other.vault(other.owner));
        } finally {
          enough.countDown();
        }
        holder.get();
        for (Future<Wire.Answer> answer : waiting) {
          answers.add(answer.get());
        }
      }
      return answers;
    }
  }

  @Nested
  final class AnEditor {
    @Test
    void isToldToComeAgainInsteadOfWaitingForEver() throws Exception {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> holder = keepLocked(executor);
        try {
          Wire.Answer answer =
              team.append(
                  team.owner,
                  vault,
                  TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob));
          answer.is(Problem.BUSY);
          assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
        } finally {
          enough.countDown();
        }
        holder.get();
      }
    }
  }
}
