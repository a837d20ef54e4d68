package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many files in one answer of a server that gives something else.
class BatchTest extends EvilTest {
  private static final Set<String> LETTERS =
      Set.of("first.txt", "of-eva.txt", "of-mia.txt", "of-rui.txt", "third.txt");

  private Path target;

  @BeforeEach
  void makeTarget() throws Exception {
    target = Files.createDirectory(directory.resolve("got"));
  }

  private List<Outcome> get() throws Exception {
    return ana.inVault(vault -> vault.get(List.of("/letters"), target, Progress.NONE));
  }

  private Set<String> there() throws Exception {
    try (var files = Files.list(target.resolve("letters"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private long asked(Route route) {
    return evil.transcript(route).size();
  }

  @Test
  void smallFilesComeInOneAnswer() throws Exception {
    assertTrue(get().stream().allMatch(outcome -> outcome.failure().isEmpty()));
    assertEquals(LETTERS, there());
    assertEquals(Stage.THIRD, Files.readString(target.resolve("letters/third.txt")));
    assertEquals(0, asked(Route.BLOB));
    assertEquals(1, asked(Route.BLOBS));
  }

  /// As when a process ends before it has taken away the name under which the file came.
  @Test
  void aFileThatIsThereLosesItsOtherName() throws Exception {
    get();
    target = Files.move(target, directory.resolve("moved"));
    Path letters = target.resolve("letters");
    Files.createLink(letters.resolve(".cofre-1.kept.part"), letters.resolve("third.txt"));
    assertTrue(get().stream().allMatch(o -> o.status() == Outcome.Status.UNCHANGED));
    assertEquals(LETTERS, there());
  }

  @Test
  void whatIsThereAlreadyIsNotFetchedAgain() throws Exception {
    get();
    assertTrue(get().stream().allMatch(o -> o.status() == Outcome.Status.UNCHANGED));
    assertEquals(1, asked(Route.BLOBS));
  }

  /// What becomes of the answer.
  private enum Spoiling {
    REFUSED,
    EMPTY,
    CUT,
    HUNG_UP,
    OF_ANOTHER_KIND,
    TURNED_ROUND,
    ONE_BIT,
    LONGER;

    Answer of(Answer honest) {
      byte[] body = honest.body().toArray();
      return switch (this) {
        case REFUSED -> Answer.problem(404, "not-found");
        case EMPTY -> honest.body(Bytes.EMPTY);
        case CUT -> honest.body(Bytes.of(body, 0, body.length * 2 / 3));
        case HUNG_UP -> honest.length(Integer.toString(body.length + 100));
        case OF_ANOTHER_KIND -> honest.type("text/html");
        case TURNED_ROUND -> {
          byte[] turned = new byte[body.length];
          for (int i = 0; i < body.length; i++) {
            turned[i] = body[body.length - 1 - i];
          }
          yield honest.body(Bytes.of(turned));
        }
        case ONE_BIT -> {
          body[body.length / 2] ^= 1;
          yield honest.body(Bytes.of(body));
        }
        case LONGER -> honest.body(Bytes.of(Arrays.copyOf(body, body.length + 100)));
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Spoiling.class)
  void whatDoesNotComeTogetherComesByItself(Spoiling spoiling) throws Exception {
    evil.on(Route.BLOBS, (_, honest) -> spoiling.of(honest));
    assertTrue(get().stream().allMatch(outcome -> outcome.failure().isEmpty()));
    assertEquals(LETTERS, there());
    assertEquals(Stage.FIRST, Files.readString(target.resolve("letters/first.txt")));
  }

  @Test
  void oneFileThatIsTamperedWithKeepsNoOtherBack() throws Exception {
    evil.on(
        Route.BLOBS,
        (_, honest) -> {
          byte[] body = honest.body().toArray();
          body[70] ^= 1;
          return honest.body(Bytes.of(body));
        });
    evil.on(
        Route.BLOB,
        (_, honest) -> {
          byte[] body = honest.body().toArray();
          body[70] ^= 1;
          return honest.body(Bytes.of(body));
        });
    List<Outcome> outcomes = get();
    assertEquals(1, outcomes.stream().filter(outcome -> outcome.failure().isPresent()).count());
    assertEquals(1, asked(Route.BLOB));
    assertEquals(LETTERS.size() - 1, there().size());
    assertTrue(LETTERS.containsAll(there()));
  }
}
