package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Stopped;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.api.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final Map<CofreException, Exit> DOCUMENTED =
      Map.ofEntries(
          Map.entry(new Malformed("x"), Exit.INTEGRITY),
          Map.entry(new Tampered("x"), Exit.INTEGRITY),
          Map.entry(new RolledBack("x"), Exit.INTEGRITY),
          Map.entry(new Forked("x"), Exit.INTEGRITY),
          Map.entry(new NotForUs("x"), Exit.REFUSED),
          Map.entry(new Unsupported("x"), Exit.LOCAL_STATE),
          Map.entry(new Refused("not-allowed", 403, "x"), Exit.REFUSED),
          Map.entry(new Unreachable("x"), Exit.UNREACHABLE),
          Map.entry(new LocalState(LocalState.Kind.LOCKED, "x"), Exit.LOCAL_STATE),
          Map.entry(new NotFound("x"), Exit.NOT_FOUND),
          Map.entry(new Conflict("x"), Exit.CONFLICT),
          Map.entry(new Stopped("x"), Exit.STOPPED));

  @Test
  void everyFailureHasItsDocumentedExitCode() {
    Set<Class<?>> tried =
        DOCUMENTED.keySet().stream().map(Object::getClass).collect(Collectors.toSet());
    assertEquals(Set.of(CofreException.class.getPermittedSubclasses()), tried);
    DOCUMENTED.forEach((failure, exit) -> assertEquals(exit, Failures.exit(failure)));
  }

  @Test
  void everyFailureIsToldInBothLanguages() {
    List<CofreException> all = new ArrayList<>(DOCUMENTED.keySet());
    Stream.of(LocalState.Kind.values()).map(kind -> new LocalState(kind, "x")).forEach(all::add);
    Stream.of(Problem.values()).map(p -> new Refused(p.code(), p.status(), "x")).forEach(all::add);
    for (CofreException failure : all) {
      for (Language language : Language.values()) {
        Complaint complaint = Failures.of(failure, Texts.in(language));
        assertFalse(complaint.message().isBlank());
        assertFalse(complaint.message().contains("{0}"));
      }
    }
  }

  @Test
  void refusalsFollowTheServersCode() {
    assertEquals(Exit.NOT_FOUND, Failures.exit(new Refused("not-found", 404, "x")));
    assertEquals(Exit.CONFLICT, Failures.exit(new Refused("stale-head", 409, "x")));
    assertEquals(Exit.UNREACHABLE, Failures.exit(new Refused("unavailable", 503, "x")));
    assertEquals(Exit.REFUSED, Failures.exit(new Refused("invite-unusable", 410, "x")));
    assertEquals(Exit.REFUSED, Failures.exit(new Refused("something-new", 418, "x")));
  }

  @Test
  @Tag("L06")
  void aServersWordsCannotReachTheTerminalRaw() {
    Complaint complaint =
        Failures.of(new Refused("rule-broken", 422, "\u001b[2Jno"), Texts.in(Language.ENGLISH));
    assertEquals("A rule of the team does not allow this (\\e[2Jno).", complaint.message());
  }

  @Test
  void exitCodesAreTheDocumentedOnes() {
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 130),
        Stream.of(Exit.values()).map(Exit::code).toList());
  }
}
