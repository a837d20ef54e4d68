package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people are shown of what is there.
class ShowingTest {
  @TempDir private Path directory;

  private Office office;
  private Actor ana;

  @BeforeEach
  void open() throws IOException {
    office = Office.open(directory);
    ana = office.owner();
  }

  @AfterEach
  void close() {
    office.close();
  }

  private void put(String name) throws IOException {
    Office.file(ana, name, new byte[] {1});
    String target = name.substring(0, name.lastIndexOf('/') + 1);
    office.succeed(ana, "put", name, VAULT + ":/" + target);
  }

  private List<String> lines(String... words) {
    return office.succeed(ana, words).out().lines().toList();
  }

  @Test
  void directoriesStandInAListing() throws IOException {
    put("a.txt");
    put("2026/março/b.txt");
    put("2026/c.txt");
    assertEquals(List.of("/2026/", "/a.txt"), lines("ls", VAULT + ":/"));
    assertEquals(List.of("/2026/c.txt", "/2026/março/"), lines("ls", VAULT + ":/2026"));
    assertEquals(
        List.of("/2026/c.txt", "/2026/março/b.txt", "/a.txt"), lines("ls", "-R", VAULT + ":/"));
    assertEquals(List.of("/2026/c.txt"), lines("ls", VAULT + ":/2026/c.txt"));
    String json = office.succeed(ana, "ls", VAULT + ":/", "--json").out();
    assertTrue(
        json.startsWith("{\"path\":\"/2026/\",\"type\":\"directory\",\"size\":0,\"modified\":null"),
        json);
    office.expect(4, ana, "ls", VAULT + ":/2027/");
  }

  @Test
  void twoMembersSeeTheSameCode() throws IOException {
    Actor rui = office.member(ana, "Rui Costa", "editor");
    office.succeed(ana, "ls");
    String hers = office.succeed(ana, "member", "show", "Rui Costa", "--json").out();
    String his = office.succeed(rui, "member", "show", "Ana Silva", "--json").out();
    String code = "\"comparisonCode\":\"";
    assertTrue(hers.contains(code), hers);
    assertEquals(
        hers.substring(hers.indexOf(code), hers.indexOf("words")),
        his.substring(his.indexOf(code), his.indexOf("words")));
  }

  @Test
  void whatWasDoneToFilesIsCalledByItsName() throws IOException {
    put("a.txt");
    assertEquals(List.of("moved  /b.txt"), lines("mv", VAULT + ":/a.txt", VAULT + ":/b.txt"));
    assertEquals(List.of("deleted  /b.txt"), lines("rm", VAULT + ":/b.txt", "--yes"));
    assertEquals(List.of("restored  /b.txt"), lines("restore", VAULT + ":/b.txt"));
    assertTrue(lines("log", VAULT).getFirst().endsWith("gave the vault its name"));
  }

  @Test
  void teamAndItsCheckCountAlike() {
    Answer shown = office.succeed(ana, "team", "show", "--json");
    Answer verified = office.succeed(ana, "team", "verify", "--json");
    assertTrue(shown.out().contains("\"entries\":2"), shown.out());
    assertTrue(verified.out().contains("\"entries\":2"), verified.out());
  }

  @Test
  void theDoctorReadsTheServersClock() {
    String findings = office.succeed(ana, "doctor", "--json").out();
    assertTrue(findings.contains("{\"check\":\"clock\",\"state\":\"ok\""), findings);
  }

  @Test
  void aKitBringsNamesAlong() throws IOException {
    String sheet = office.succeed(ana, "kit", "print").out();
    Actor again = office.actor("Ana Silva");
    Path kit = Office.file(again, "kit", sheet.getBytes(StandardCharsets.UTF_8));
    Answer restored =
        office.succeed(
            again, "kit", "restore", "--server", office.url(), "--kit-file", kit.toString());
    assertEquals(
        "This machine belongs to team Escritório again, as Ana Silva.", restored.out().strip());
  }

  @Test
  void aVaultIsNotLeftWithoutAManagerByAccident() {
    Answer stopped = office.expect(6, ana, "vault", "revoke", VAULT, "Ana Silva", "--yes");
    assertTrue(stopped.err().contains("nobody would manage: " + VAULT), stopped.err());
    Answer look = office.succeed(ana, "vault", "revoke", VAULT, "Ana Silva", "--dry-run");
    assertTrue(look.err().contains("left without a manager: " + VAULT), look.err());
  }

  @Test
  void accessEndsOnTheDayThatWasSaid() throws IOException {
    office.member(ana, "Rui Costa", "viewer");
    office.succeed(
        ana, "vault", "grant", VAULT, "Rui Costa", "--role", "viewer", "--until", "2199-12-31");
    String shown = office.succeed(ana, "vault", "show", VAULT).out();
    assertTrue(shown.contains("Rui Costa: viewer until 2199-12-31 23:59"), shown);
  }

  @Test
  void theStatusNeedsNoServer() {
    office.succeed(ana, "ls");
    office.close();
    Answer status = office.succeed(ana, "status");
    assertTrue(status.out().contains(VAULT), status.out());
    assertTrue(status.err().contains("as they were last seen"), status.err());
  }

  @Test
  void anAddressThatNoServerCanHaveIsWrongUsage() throws IOException {
    Actor eva = office.actor("Eva Dias");
    String[] create = {"team", "create", "X", "--name", "Eva", "--email", "e@example.com"};
    for (String url :
        List.of("http://cofre.example.com", "https://a/b", "http://a/b", "ftp://a", "a")) {
      String[] words =
          Stream.concat(Stream.of(create), Stream.of("--server", url)).toArray(String[]::new);
      Answer answer = office.expect(2, eva, words);
      assertTrue(answer.err().contains("is not the address of a server"), answer.err());
    }
  }
}
