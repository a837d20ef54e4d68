package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.protocol.api.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every lie about every field of every answer, told to the operation that asks for it. Each must end as a right result or a typed failure,
/// leave the device able to go on with an honest server, tell the server no secret and give it nothing that it can open.
///
/// An ordinary run tells a sample, the same one each time; `-Dcofre.attacks=all` tells all of them. How many were told, and of how many,
/// stands in `target/attacks/mutations.json`.
@Tag("attack")
class MutationMatrixTest {
  private static final boolean ALL = "all".equals(System.getProperty("cofre.attacks"));
  private static final int SAMPLE = 40;
  private static final int SAMPLE_OF_LONG = 8;
  private static final Path REPORT = Path.of("target", "attacks", "mutations.json");

  private static int mutations;
  private static int held;
  private static int tried;
  private static int routes;
  private static final Map<Verdict, Integer> VERDICTS = new TreeMap<>();

  @TempDir Path directory;

  @AfterAll
  static void report() throws IOException {
    Files.createDirectories(REPORT.getParent());
    String counts =
        "{\"routes\":%d,\"mutations\":%d,\"held\":%d,\"of\":%d}%n"
            .formatted(routes, tried, held, mutations);
    Files.writeString(REPORT, counts);
    System.out.println("mutations: " + counts.strip() + " " + VERDICTS);
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void noLieAboutAnAnswerIsBelieved(Route route) throws Exception {
    Drive drive = Drives.of(route);
    Field.Survey survey = new Field.Survey();
    Map<String, Node> examples = survey(drive, survey);
    Donors donors = Stage.gathered();
    List<Mutation> all = new ArrayList<>(WholeMutations.of(drive, donors));
    for (Field field : survey.fields()) {
      all.addAll(FieldMutations.of(drive, field, examples.get(field.name()), donors));
    }
    routes++;
    mutations += all.size();
    List<String> fell = new ArrayList<>();
    for (Mutation mutation : chosen(drive, all)) {
      tried++;
      List<String> complaints = tell(drive, mutation);
      if (complaints.isEmpty()) {
        held++;
      } else {
        fell.add(mutation.name() + ": " + complaints);
      }
    }
    assertEquals(List.of(), fell, () -> String.join("\n", fell));
  }

  private static List<Mutation> chosen(Drive drive, List<Mutation> all) {
    if (ALL) {
      return all;
    }
    List<Mutation> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(drive.route().ordinal()));
    int size =
        switch (drive.lasts()) {
          case SHORT -> Math.max(SAMPLE, all.size() / 8);
          case LONG -> SAMPLE_OF_LONG;
        };
    return shuffled.subList(0, Math.min(size, shuffled.size()));
  }

  /// The operation before an honest server: what its answers look like, which is what lies are made from.
  private Map<String, Node> survey(Drive drive, Field.Survey survey) throws Exception {
    Stage.Play play = Stage.play(fresh());
    Actor actor = drive.actor().of(play);
    Verdict honest = Verdict.of(() -> drive.operation().run(play, actor));
    boolean fails = drive.route() == Route.ABORT_UPLOAD;
    assertEquals(fails ? Verdict.UNAVAILABLE : Verdict.RIGHT, honest);
    List<Exchange> exchanges = play.evil().transcript(drive.route());
    assertTrue(!exchanges.isEmpty(), () -> "the operation does not use " + drive.route());
    Map<String, Node> examples = new TreeMap<>();
    Class<?> type = drive.route().response();
    if (type != Route.Nothing.class && type != Route.Raw.class) {
      for (Exchange exchange : exchanges) {
        if (exchange.honest().success()) {
          Node body = Node.read(exchange.honest().body().toArray());
          survey.look(type, body);
          survey
              .fields()
              .forEach(field ->
                  field
                      .in(body)
                      .ifPresent(spot -> examples.putIfAbsent(field.name(), spot.value())));
        }
      }
    }
    Stage.gathered().remember(play.evil().transcript());
    play.company().oracles().ask();
    play.company().oracles().dismiss();
    return examples;
  }

  private List<String> tell(Drive drive, Mutation mutation) throws Exception {
    Path here = fresh();
    Stage.Play play = Stage.play(here);
    Actor actor = drive.actor().of(play);
    mutation.lie().begin(play.evil(), actor.line());
    Throwable[] thrown = new Throwable[1];
    Verdict verdict =
        Verdict.of(() -> {
          try {
            return drive.operation().run(play, actor);
          } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            thrown[0] = e;
            throw e;
          }
        });
    VERDICTS.merge(verdict, 1, Integer::sum);
    List<String> complaints = new ArrayList<>();
    if (!verdict.allowed()) {
      complaints.add(verdict + " " + thrown[0]);
    }
    play.evil().honest();
    actor.line().show(play.evil().truth());
    heal(actor, mutation.aftermath()).ifPresent(complaints::add);
    complaints.addAll(play.company().oracles().complaints());
    play.company().oracles().dismiss();
    delete(here);
    return complaints;
  }

  /// With an honest server all is as before: nothing forged was taken for true in the meantime. Only what was written upon the past is a fork.
  private static Optional<String> heal(Actor actor, Mutation.Aftermath aftermath) {
    try {
      return Drives.heals(actor) ? Optional.empty() : Optional.of("not healed");
    } catch (Forked | RolledBack lost) {
      return aftermath == Mutation.Aftermath.MAY_MISS_SOMETHING
          ? Optional.empty()
          : Optional.of("not healed: " + lost);
    } catch (CofreException | RuntimeException e) {
      return Optional.of("not healed: " + e);
    }
  }

  private Path fresh() throws IOException {
    return Files.createTempDirectory(directory, "play");
  }

  private static void delete(Path here) throws IOException {
    try (Stream<Path> files = Files.walk(here)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void everyFieldOfEveryAnswerIsAmongThoseLiedAbout() throws Exception {
    Field.Survey survey = new Field.Survey();
    for (Route route : Route.values()) {
      Drive drive = Drives.of(route);
      if (drive.lasts() == Drive.Lasting.SHORT) {
        survey(drive, survey);
      }
    }
    assertEquals(List.of(), survey.unreached());
  }
}
