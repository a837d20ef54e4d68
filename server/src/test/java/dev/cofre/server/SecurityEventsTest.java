package dev.cofre.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions.Subject;
import dev.cofre.protocol.team.Body;
import dev.cofre.server.access.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What an operator who watches the log as docs/operations.md says sees of logins, of refusals and of attempts to get past the rules, at the
/// level at which the server logs usually.
final class SecurityEventsTest {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Logger log =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("dev.cofre");
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  private TeamOnServer team;
  private VaultId vault;

  @BeforeEach
  void listens() throws Exception {
    team = TeamOnServer.start();
    vault = team.vault(team.owner);
    listener.setContext(log.getLoggerContext());
    listener.start();
    log.addAppender(listener);
  }

  @AfterEach
  void listensNoMore() {
    log.detachAppender(listener);
  }

  /// Of the requests since the last time exactly one was answered in this way on this route, and its line says no more than that.
  private void requireLine(Route route, int status, String problem) {
    String line =
        "event=request request=[0-9a-f]+ method=%s route=%s status=%d problem=%s ms=[0-9]+"
            .formatted(
                route.method(), route.template().replaceAll("[{}]", "\\\\$0"), status, problem);
    assertEquals(1, lines.stream().filter(said -> said.matches(line)).count(), lines::toString);
    for (String said : lines) {
      for (String secret :
          List.of(
              team.id().hex(),
              vault.hex(),
              team.owner.id.hex(),
              team.owner.device.id().hex(),
              "canary.example",
              "127.0.0.1")) {
        assertFalse(said.contains(secret), said);
      }
    }
    lines.clear();
  }

  private void requireRefusal(Route route, Problem problem) {
    requireLine(route, problem.status(), problem.code());
  }

  @Test
  void aLoginIsALineWhetherItSucceedsOrNot() {
    team.owner.login(team.id());
    requireLine(Route.OPEN_SESSION, 200, "-");
    Actor.tryLogin(
        team.id(),
        new Subject.OfDevice(team.owner.device.id()),
        new Actor("somebody").signer,
        TestServer.uri().toString(),
        0);
    requireRefusal(Route.OPEN_SESSION, Problem.LOGIN_REFUSED);
    Wire.call(Route.END_SESSION, team.owner.token, team.id()).isDone();
    requireLine(Route.END_SESSION, 204, "-");
  }

  @Test
  void aRefusalIsALine() throws Exception {
    Actor viewer = team.member("viewer", vault, VaultRole.VIEWER);
    Actor outsider = team.member("outsider");
    lines.clear();
    Wire.call(Route.COMMITS, outsider.token, team.id(), vault).is(Problem.NOT_FOUND);
    requireRefusal(Route.COMMITS, Problem.NOT_FOUND);
    Wire.call(Route.COMMITS, Optional.empty(), team.id(), vault).is(Problem.NO_SESSION);
    requireRefusal(Route.COMMITS, Problem.NO_SESSION);
    team.upload(team.owner, vault, new byte[1]);
    lines.clear();
    team.append(viewer, vault, team.nameOf(vault)).is(Problem.NOT_ALLOWED);
    requireRefusal(Route.APPEND_COMMIT, Problem.NOT_ALLOWED);
  }

  @Test
  void anAttemptToGetPastTheRulesIsALine() throws Exception {
    Actor rui = team.member("rui", vault, VaultRole.EDITOR);
    lines.clear();
    Wire.call(Route.APPEND_ENTRY, team.owner.token, "", new byte[] {1}, team.id())
        .is(Problem.MALFORMED);
    requireRefusal(Route.APPEND_ENTRY, Problem.MALFORMED);
    Body revoke =
        new Body.Revoke(rui.id, new VaultHead(vault, new Head(99, Hash.ZERO)), Body.Abandon.KEPT);
    team.tryPost(team.owner, revoke).is(Problem.RULE_BROKEN);
    requireRefusal(Route.APPEND_ENTRY, Problem.RULE_BROKEN);
    byte[] tooLong = new byte[9 << 10];
    Wire.call(Route.CHALLENGE, Optional.empty(), "", tooLong, team.id()).is(Problem.TOO_LARGE);
    requireRefusal(Route.CHALLENGE, Problem.TOO_LARGE);
  }

  @Test
  void whoeverIsHeldUpIsALine() throws Exception {
    Limits narrow =
        new Limits(20, 1, 1000, 64, 32, 1, TestServer.LIMITS.head(), TestServer.LIMITS.grace());
    try (SideServer side = SideServer.start(settings -> settings.limits(narrow));
        MovableClock.Stopped _ = TestServer.CLOCK.stop()) {
      side.use();
      TeamOnServer other = TeamOnServer.start();
      lines.clear();
      Wire.Answer answer = Wire.call(Route.LOG, other.owner.token, other.id());
      for (int i = 0; i < 50 && answer.status() == 200; i++) {
        lines.clear();
        answer = Wire.call(Route.LOG, other.owner.token, other.id());
      }
      answer.is(Problem.RATE_LIMITED);
      requireRefusal(Route.LOG, Problem.RATE_LIMITED);
      assertTrue(lines.isEmpty());
    }
  }
}
