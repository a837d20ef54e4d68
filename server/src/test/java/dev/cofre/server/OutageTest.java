package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.server.blob.FaultyBlobStore;
import dev.cofre.server.blob.FaultyS3;
import dev.cofre.server.blob.S3Settings;
import dev.cofre.server.blob.TestS3;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One write of a member, with the storage or the database gone at each of its calls in turn, before the call or after it. What is
/// answered is success or an outage, what is repeated succeeds, and the result is the same as without.
@Tag("N24")
final class OutageTest {
  private static final Set<Integer> OUTAGES = Set.of(503);
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  private final FaultyBlobStore store = TestServer.blobs();

  @AfterEach
  void heal() {
    store.heal();
  }

  /// The requests of one write, each of which is sent again until it succeeds.
  private static final class Story {
    private final TeamOnServer team;
    private final VaultId vault;
    private final UploadId upload = new UploadId(Actor.random(16));
    private final BlobId blob = new BlobId(Actor.random(16));
    private final Commits.Append append;

    Story(TeamOnServer team, VaultId vault) {
      this.team = team;
      this.vault = vault;
      this.append =
          team.commit(
              team.owner,
              vault,
              TeamOnServer.put(new FileId(Actor.random(16)), Optional.empty(), blob));
    }

    private static Wire.Answer untilItSucceeds(Supplier<Wire.Answer> request) {
      for (int attempt = 0; attempt < 8; attempt++) {
        try {
          Wire.Answer answer = request.get();
          if (answer.status() / 100 == 2) {
            return answer;
          }
          assertTrue(
              OUTAGES.contains(answer.status()), () -> answer.status() + " " + answer.problem());
        } catch (UncheckedIOException _) {
          // an answer that broke off in the middle
        }
      }
      throw new AssertionError("it never succeeds");
    }

    void run() {
      Uploads.Blob content = new Uploads.Blob(blob, CONTENT.length);
      untilItSucceeds(() -> team.begin(team.owner, vault, upload, content));
      untilItSucceeds(() ->
          Wire.call(Route.PUT_PART, team.owner.token, "", CONTENT, team.id(), vault, upload, 1));
      untilItSucceeds(
          () -> Wire.call(Route.COMPLETE_UPLOAD, team.owner.token, team.id(), vault, upload));
      team.caughtUp(
          vault, untilItSucceeds(() -> team.send(team.owner, vault, append)).as(TeamOnServer.HEAD));
      Wire.Answer read =
          untilItSucceeds(() -> Wire.call(Route.BLOB, team.owner.token, team.id(), vault, blob));
      assertEquals(Bytes.of(CONTENT), read.body());
    }
  }

  private static void requireChain(TeamOnServer team, VaultId vault, int commits) {
    Commits.Page page =
        Story.untilItSucceeds(() ->
                Wire.call(
                    Route.COMMITS, team.owner.token, "?after=1", new byte[0], team.id(), vault))
            .as(Commits.Page.CODEC);
    assertEquals(commits, page.commits().size());
    assertEquals(team.head(vault), page.head());
    assertEquals(commits, page.bundles().size());
  }

  @Test
  void theStorageIsGoneAtAnyCall() throws Exception {
    TeamOnServer team = TeamOnServer.start();
    VaultId vault = team.vault(team.owner);
    store.failAt(0, FaultyBlobStore.Moment.BEFORE);
    new Story(team, vault).run();
    int calls = store.calls();
    assertTrue(calls >= 5, "calls");
    int commits = 1;
    for (FaultyBlobStore.Moment moment : FaultyBlobStore.Moment.values()) {
      for (int call = 1; call <= calls; call++) {
        store.failAt(call, moment);
        new Story(team, vault).run();
        requireChain(team, vault, ++commits);
      }
    }
  }

  @Test
  void theDatabaseIsGoneAtAnyStatement() throws Exception {
    List<FaultyDatabase> between = new ArrayList<>();
    try (SideServer side =
        SideServer.start(
            url -> {
              between.add(FaultyDatabase.before(url));
              return between.getFirst().url();
            },
            _ -> {})) {
      side.use();
      FaultyDatabase database = between.getFirst();
      TeamOnServer team = TeamOnServer.start();
      VaultId vault = team.vault(team.owner);
      database.failAt(0, FaultyDatabase.Moment.BEFORE);
      new Story(team, vault).run();
      int statements = database.statements();
      assertTrue(statements > 20, () -> statements + " statements");
      int commits = 1;
      for (FaultyDatabase.Moment moment : FaultyDatabase.Moment.values()) {
        for (int call = 1; call <= statements; call++) {
          database.failAt(call, moment);
          new Story(team, vault).run();
          database.heal();
          requireChain(team, vault, ++commits);
        }
      }
    } finally {
      between.forEach(FaultyDatabase::close);
    }
  }

  private static Settings.Bucket bucket(TestS3 s3, FaultyS3 faulty) {
    S3Settings settings = s3.settings();
    return new Settings.Bucket(
        S3Settings.of(faulty.endpoint(), settings.region(), settings.bucket()), s3.credentials());
  }

  /// The store is reached over HTTP, and that answers with an error, late, in part, or not at all.
  @Test
  void theStoreOverS3MisbehavesAtAnyRequest() throws Exception {
    try (TestS3 s3 = TestS3.open();
        FaultyS3 faulty = FaultyS3.before(s3.settings().endpoint());
        SideServer side = SideServer.start(settings -> settings.bucket(bucket(s3, faulty)))) {
      side.use();
      TeamOnServer team = TeamOnServer.start();
      VaultId vault = team.vault(team.owner);
      faulty.failAt(0, FaultyS3.Fault.ERROR);
      new Story(team, vault).run();
      int requests = faulty.requests();
      assertTrue(requests >= 5, () -> requests + " requests");
      int commits = 1;
      for (FaultyS3.Fault fault : FaultyS3.Fault.values()) {
        for (int request = 1; request <= requests; request++) {
          faulty.failAt(request, fault);
          new Story(team, vault).run();
          requireChain(team, vault, ++commits);
        }
      }
    }
  }
}
