package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.client.format.ExportManifest.ExportedContent;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What `cofre export --encrypted` writes opens with the documents and a kit alone, and nothing else passes for it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {
  private Office office;
  private ExportedVault vault;

  @BeforeAll
  void exportAVaultWithAPast(@TempDir Path directory) throws IOException {
    office = Office.open(directory);
    vault = new ExportedVault(office);
  }

  @AfterAll
  void close() {
    office.close();
  }

  @Test
  void holdsNoNameInTheClear() throws IOException {
    List<String> names = List.of("Ana Silva", "example.com", VAULT, "Escrit", "depois", ".bin");
    try (Stream<Path> files = Files.walk(vault.export)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        names.forEach(name -> assertFalse(bytes.contains(name), file + " " + name));
      }
    }
  }

  @Test
  void opensWithItsKitAlone(@TempDir Path directory) throws Exception {
    IndependentReader.assumeIsThere();
    Path target = directory.resolve("out");
    IndependentReader.Answer answer = IndependentReader.read(vault.export, vault.kit, target);
    assertEquals(0, answer.exit(), answer::toString);
    assertEquals(Map.of(), vault.differences(target));
    assertTrue(
        answer.out().contains("opened      " + (ExportedVault.VERSIONS - 1) + " versions"),
        answer::toString);
    assertTrue(answer.out().contains(VAULT), answer::toString);
    assertTrue(answer.out().contains(head()), answer::toString);
  }

  private String head() {
    String from = "\"head\":{\"seq\":";
    String head = vault.exported.substring(vault.exported.indexOf(from) + from.length());
    return "#" + head.substring(0, head.indexOf(',')) + " " + head.split("\"")[3];
  }

  @Test
  void isCheckedAsFarAsThatGoesWithoutAKit() throws Exception {
    IndependentReader.assumeIsThere();
    IndependentReader.Answer answer = IndependentReader.read(vault.export, "");
    assertEquals(0, answer.exit(), answer::toString);
    assertFalse(answer.out().contains("depois"), answer::toString);
  }

  @Test
  void opensARealSpreadsheet(@TempDir Path directory) throws Exception {
    IndependentReader.assumeIsThere();
    Path sample =
        Path.of(System.getProperty("cofre.shared", "")).resolve("samples").resolve("Book1.xlsx");
    assumeTrue(Files.isRegularFile(sample), "the samples are not here");
    Actor ana = vault.ana;
    office.succeed(ana, "vault", "create", "Folhas");
    office.succeed(ana, "put", sample.toString(), "Folhas:/");
    Path export = directory.resolve("export");
    office.succeed(ana, "export", "Folhas", export.toString(), "--encrypted");
    Path target = directory.resolve("out");
    IndependentReader.Answer answer = IndependentReader.read(export, vault.kit, target);
    assertEquals(0, answer.exit(), answer::toString);
    assertEquals(-1, Files.mismatch(sample, target.resolve("Book1.xlsx")));
  }

  @Test
  void isRefusedWhereAnyOfItsFilesIsAnother(@TempDir Path directory) throws Exception {
    IndependentReader.assumeIsThere();
    int copies = 0;
    for (String name : kindsOfFiles()) {
      byte[] whole = Files.readAllBytes(vault.export.resolve(name));
      byte[] changed = whole.clone();
      changed[whole.length / 2] ^= 1;
      byte[] cut = Arrays.copyOf(whole, whole.length - 1);
      for (byte[] other : List.of(changed, cut)) {
        Path copy = vault.copy(directory.resolve("export" + copies));
        Files.write(copy.resolve(name), other);
        requireRefused(copy, directory.resolve("out" + copies++), name);
      }
      Path copy = vault.copy(directory.resolve("export" + copies));
      Files.delete(copy.resolve(name));
      requireRefused(copy, directory.resolve("out" + copies++), name);
    }
  }

  private List<String> kindsOfFiles() throws IOException {
    try (Stream<Path> files = Files.list(vault.export);
        Stream<Path> blobs = Files.list(vault.export.resolve("blobs"))) {
      return Stream.concat(files.filter(Files::isRegularFile), blobs.sorted().limit(1))
          .map(file -> vault.export.relativize(file).toString())
          .toList();
    }
  }

  private void requireRefused(Path export, Path target, String name) throws Exception {
    IndependentReader.Answer answer = IndependentReader.read(export, vault.kit, target);
    assertEquals(1, answer.exit(), () -> name + ": " + answer);
    assertTrue(answer.err().startsWith("refused: "), () -> name + ": " + answer);
    assertFalse(Files.exists(target), name);
  }

  /// Changes an export.
  private interface Change {
    void make(Forgery forgery) throws Exception;
  }

  private IndependentReader.Answer readForged(Path directory, Change change) throws Exception {
    IndependentReader.assumeIsThere();
    Forgery forgery = new Forgery(vault.copy(directory.resolve("export")), vault.ana);
    change.make(forgery);
    return IndependentReader.read(forgery.export(), vault.kit, directory.resolve("out"));
  }

  private void requireForgedRefused(Path directory, String because, Change change)
      throws Exception {
    IndependentReader.Answer answer = readForged(directory, change);
    assertEquals(1, answer.exit(), answer::toString);
    assertTrue(answer.err().contains(because), answer::toString);
    assertFalse(Files.exists(directory.resolve("out")), answer::toString);
  }

  @Test
  void isRefusedWithAnEntryThatNobodySigned(@TempDir Path directory) throws Exception {
    requireForgedRefused(
        directory,
        "team log, entry 4",
        forgery -> {
          List<SignedBytes> log = forgery.items("team.log", Forgery.SIGNED);
          log.set(4, Forgery.spoilt(log.get(4)));
          forgery.write("team.log", Forgery.SIGNED, log);
          forgery.sign();
        });
  }

  @Test
  void isRefusedWithACommitThatNobodySigned(@TempDir Path directory) throws Exception {
    requireForgedRefused(
        directory,
        "commit 3: invalid",
        forgery -> {
          List<Commits.Item> commits = forgery.items("commits", Forgery.ITEM);
          Commits.Item third = commits.get(2);
          commits.set(2, new Commits.Item(Forgery.spoilt(third.commit()), third.records()));
          forgery.write("commits", Forgery.ITEM, commits);
          forgery.sign();
        });
  }

  @Test
  void isRefusedWithARecordThatIsNotTheSignedOne(@TempDir Path directory) throws Exception {
    requireForgedRefused(
        directory,
        "commit 2: tampered",
        forgery -> {
          List<Commits.Item> commits = forgery.items("commits", Forgery.ITEM);
          Commits.Item second = commits.get(1);
          Bytes record = Forgery.spoilt(second.records().getFirst().sealed());
          commits.set(
              1, new Commits.Item(second.commit(), List.of(new Commits.SealedRecord(record))));
          forgery.write("commits", Forgery.ITEM, commits);
          forgery.sign();
        });
  }

  @Test
  void isRefusedWithCommitsInAnotherOrder(@TempDir Path directory) throws Exception {
    requireForgedRefused(
        directory,
        "commit 2: invalid",
        forgery -> {
          List<Commits.Item> commits = forgery.items("commits", Forgery.ITEM);
          Collections.swap(commits, 1, 2);
          forgery.write("commits", Forgery.ITEM, commits);
          forgery.sign();
        });
  }

  @Test
  void isRefusedWithAHistoryCutBeforeAHeadThatTheLogNames(@TempDir Path directory)
      throws Exception {
    requireForgedRefused(
        directory,
        "the history ends before",
        forgery -> {
          List<Commits.Item> commits = forgery.items("commits", Forgery.ITEM).subList(0, 5);
          forgery.write("commits", Forgery.ITEM, commits);
          forgery.sign(new Head(5, commits.getLast().commit().hash(Label.COMMIT)));
        });
  }

  @Test
  void isRefusedWithAChannelThatNobodySigned(@TempDir Path directory) throws Exception {
    requireForgedRefused(
        directory,
        "a channel that its device did not sign",
        forgery -> {
          List<SignedBytes> channels = forgery.items("channels", Forgery.SIGNED);
          channels.set(0, Forgery.spoilt(channels.getFirst()));
          forgery.write("channels", Forgery.SIGNED, channels);
          List<Bundle> bundles = new ArrayList<>();
          for (Bundle bundle : forgery.items("bundles", Forgery.BUNDLE)) {
            Hash moved = channels.getFirst().hash(Label.CHANNEL);
            bundles.add(new Bundle(bundle.recipient(), moved, bundle.runs()));
          }
          forgery.write("bundles", Forgery.BUNDLE, bundles);
          forgery.sign();
        });
  }

  @Test
  void saysOfWhichVersionThereIsNoKey(@TempDir Path directory) throws Exception {
    IndependentReader.Answer answer =
        readForged(
            directory,
            forgery -> {
              Bundle all = forgery.items("bundles", Forgery.BUNDLE).getFirst();
              List<Bundle.Run> runs = new ArrayList<>(all.runs());
              Bundle.Run last = runs.removeLast();
              runs.add(new Bundle.Run(last.seq(), last.first(), Forgery.spoilt(last.wraps())));
              forgery.write(
                  "bundles",
                  Forgery.BUNDLE,
                  List.of(new Bundle(all.recipient(), all.channel(), runs)));
              forgery.sign();
            });
    requireAllBut("/depois.bin", answer, directory);
    assertTrue(answer.out().contains("no key in the export leads to its record"), answer::toString);
  }

  @Test
  void writesNoContentThatIsNotTheRecordedOne(@TempDir Path directory) throws Exception {
    IndependentReader.Answer answer =
        readForged(
            directory,
            forgery -> {
              List<ExportedContent> contents = new ArrayList<>();
              for (ExportedContent content : forgery.items("contents", ExportedContent.CODEC)) {
                Path blob = forgery.export().resolve("blobs").resolve(content.blob().hex());
                byte[] bytes = Files.readAllBytes(blob);
                if (bytes.length > 300_000) {
                  bytes[200_000] ^= 1;
                  Files.write(blob, bytes);
                }
                contents.add(new ExportedContent(content.blob(), bytes.length, Hash.sha256(bytes)));
              }
              forgery.write("contents", ExportedContent.CODEC, contents);
              forgery.sign();
            });
    requireAllBut("/pasta/três á.bin", answer, directory);
    assertTrue(answer.out().contains("a sealed chunk that does not open"), answer::toString);
  }

  private void requireAllBut(String path, IndependentReader.Answer answer, Path directory)
      throws IOException {
    assertEquals(3, answer.exit(), answer::toString);
    assertEquals(Map.of(path, "missing"), vault.differences(directory.resolve("out")));
    assertTrue(answer.out().contains("not here    "), answer::toString);
  }

  @Test
  void isRefusedWithAKitOfSomebodyElseOrOfLater(@TempDir Path directory) throws Exception {
    IndependentReader.assumeIsThere();
    String his = office.succeed(vault.rui, "kit", "print").out();
    String later = office.succeed(vault.ana, "kit", "print").out();
    for (String kit : List.of(his, later, vault.kit.replaceFirst("1\\.[a-z]{4}", "1.baba"), "")) {
      Path target = directory.resolve("out");
      IndependentReader.Answer answer = IndependentReader.read(vault.export, kit, target);
      assertEquals(1, answer.exit(), answer::toString);
      assertFalse(Files.exists(target), answer::toString);
    }
  }

  @Test
  void replacesNoFinishedOne() throws IOException {
    String where = vault.export.toString();
    Answer answer = office.expect(11, vault.ana, "export", VAULT, where, "--encrypted");
    assertTrue(answer.err().contains("is not empty"), answer.err());
  }

  @Test
  void goesOnWhereAnInterruptedOneStopped(@TempDir Path directory) throws Exception {
    String id = office.succeed(vault.ana, "vault", "show", VAULT, "--json").field("vaultId");
    Path copy = vault.copy(directory.resolve("export"));
    Files.delete(copy.resolve("manifest"));
    Files.writeString(copy.resolve(".cofre-export"), "cofre export 1: sealed " + id + "\n");
    List<Path> blobs;
    try (Stream<Path> found = Files.list(copy.resolve("blobs"))) {
      blobs = found.sorted().toList();
    }
    Files.delete(blobs.get(0));
    byte[] damaged = Files.readAllBytes(blobs.get(1));
    damaged[100] ^= 1;
    Files.write(blobs.get(1), damaged);
    Path other = Files.write(copy.resolve("blobs").resolve("0".repeat(32)), new byte[] {1});
    office.succeed(vault.ana, "export", VAULT, copy.toString(), "--encrypted");
    assertFalse(Files.exists(copy.resolve(".cofre-export")));
    assertFalse(Files.exists(other));
    for (Path blob : blobs) {
      Path was = vault.export.resolve("blobs").resolve(blob.getFileName().toString());
      assertEquals(-1, Files.mismatch(was, blob));
    }
    IndependentReader.assumeIsThere();
    Path target = directory.resolve("out");
    IndependentReader.Answer answer = IndependentReader.read(copy, vault.kit, target);
    assertEquals(0, answer.exit(), answer::toString);
    assertEquals(Map.of(), vault.differences(target));
  }

  @Test
  void opensTheCommittedVectorsToo() throws Exception {
    IndependentReader.assumeIsThere();
    for (String directory : List.of("testkit", "testkit-keys")) {
      Path vectors = Path.of("..", "client-lib", "src", "test", "resources", directory);
      IndependentReader.Answer answer = IndependentReader.vectors(vectors);
      assertEquals(0, answer.exit(), answer::toString);
    }
  }
}
