package dev.cofre.protocol.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiTest {
  private static final TeamId TEAM = new TeamId(Bytes.fromHex("0a".repeat(32)));
  private static final VaultId VAULT = new VaultId(Bytes.fromHex("0b".repeat(32)));
  private static final UploadId UPLOAD = new UploadId(Bytes.zeros(16));
  private static final BlobId BLOB = new BlobId(Bytes.zeros(16));

  @ParameterizedTest
  @EnumSource(Problem.class)
  void aProblemIsFoundByItsCode(Problem problem) {
    assertEquals(Optional.of(problem), Problem.of(problem.code()));
    assertTrue(problem.status() >= 400 && problem.status() < 600);
  }

  @Test
  void aProblemsCodeIsLowerCaseWithHyphens() {
    assertEquals("stale-head", Problem.STALE_HEAD.code());
    assertEquals(409, Problem.STALE_HEAD.status());
    assertEquals(Optional.empty(), Problem.of("STALE_HEAD"));
    assertEquals(Optional.empty(), Problem.of(""));
  }

  @Test
  void aProblemPassesWhereTheServerIsWhatHasToChange() {
    List<Problem> passing = Stream.of(Problem.values()).filter(Problem::passes).toList();
    assertEquals(
        Set.of(
            Problem.TOO_SLOW,
            Problem.WRITES_HELD,
            Problem.PASSCODE_PAUSED,
            Problem.RATE_LIMITED,
            Problem.UNEXPECTED,
            Problem.UNAVAILABLE,
            Problem.BUSY,
            Problem.STORAGE_FULL,
            Problem.TEAM_FULL),
        Set.copyOf(passing));
  }

  @Test
  void whatIsSecretIsNotPrinted() {
    Bytes token = Bytes.fromHex("7e".repeat(32));
    assertEquals("Opened[5]", new Sessions.Opened(token, 5, Sessions.Delivery.PROXY).toString());
    assertEquals(
        "Address[in the storage]",
        new Blobs.Address(Optional.of("https://s3.example/x?X-Amz-Signature=y")).toString());
    SignedBytes genesis = new SignedBytes(Bytes.zeros(1), Bytes.zeros(64));
    Profile profile = new Profile(Bytes.zeros(32), "a team", "");
    assertEquals(
        "Create[a team]",
        new Teams.Create(genesis, profile, profile, Optional.of("a token")).toString());
  }

  @Test
  void aPathHoldsIdsInHexadecimalAndAPartInDecimal() {
    assertEquals("/v1/server", Route.SERVER.path());
    assertEquals(
        "/v1/teams/"
            + TEAM.hex()
            + "/vaults/"
            + VAULT.hex()
            + "/uploads/"
            + UPLOAD.hex()
            + "/parts/7",
        Route.PUT_PART.path(TEAM, VAULT, UPLOAD, 7));
    assertThrows(IllegalArgumentException.class, () -> Route.LOG.path());
    assertThrows(IllegalArgumentException.class, () -> Route.LOG.path(TEAM, VAULT));
    assertThrows(IllegalArgumentException.class, () -> Route.SERVER.path(TEAM));
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void aRouteThatReadsOrEndsHasNoBody(Route route) {
    assertEquals(
        route.method() == Route.Method.GET || route.method() == Route.Method.DELETE,
        route.request() == Route.Nothing.class
            && route != Route.OPEN_RELAY
            && route != Route.COMPLETE_UPLOAD);
    assertTrue(route.template().startsWith("/v1/"));
  }

  private static Uploads.Blob blob(long length) {
    return new Uploads.Blob(BLOB, length);
  }

  @Test
  void aBlobHasFromOneByteUpToTheLongestObject() {
    assertEquals(1, blob(1).length());
    assertEquals(Uploads.MAX_OBJECT, blob(Uploads.MAX_OBJECT).length());
    assertThrows(IllegalArgumentException.class, () -> blob(0));
    assertThrows(IllegalArgumentException.class, () -> blob(Uploads.MAX_OBJECT + 1));
  }

  @Test
  void onlyASingleBlobIsLongerThanAPack() {
    assertEquals(
        Uploads.MAX_PACK + 1,
        new Uploads.Begin(UPLOAD, List.of(blob(Uploads.MAX_PACK + 1))).length());
    assertEquals(
        Uploads.MAX_PACK,
        new Uploads.Begin(UPLOAD, List.of(blob(1), blob(Uploads.MAX_PACK - 1))).length());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Uploads.Begin(UPLOAD, List.of(blob(1), blob(Uploads.MAX_PACK))));
  }
}
