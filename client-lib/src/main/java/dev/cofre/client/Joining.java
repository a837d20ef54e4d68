package dev.cofre.client;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.history.OwnKeys;
import dev.cofre.client.history.VerifiedLog;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.CompareWords;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.MemberSeeds;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.remote.Server;
import dev.cofre.client.sharing.Devices;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.DeviceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// How a home directory becomes a further device of a member: through another device, or through a recovery kit.
final class Joining {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Joining() {}

  /// One question asked again until it has an answer.
  interface Question<T> {
    Optional<T> ask() throws CofreException;
  }

  /// Asks every half second, for ten minutes.
  ///
  /// @throws Unreachable when there is no answer by then
  static <T> T await(Question<T> question, String otherwise) throws CofreException {
    try {
      for (long i = 0; i < PATIENCE.dividedBy(PAUSE); i++) {
        Optional<T> answer = question.ask();
        if (answer.isPresent()) {
          return answer.get();
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new Unreachable(otherwise, "Start again on both devices.");
  }

  static Enrolment.Invited pair(
      Surroundings surroundings,
      Path home,
      Passphrase passphrase,
      String text,
      Consumer<List<String>> words)
      throws CofreException {
    try (PairLink link = PairLink.read(text);
        NewDevice device = NewDevice.in(surroundings, home)) {
      PairLink.Layout says = link.layout();
      Origin origin = NewDevice.origin(says.origin());
      Identity identity = Identity.ofNewDevice(says.member(), surroundings.random());
      SignedBytes statement = Devices.statement(identity, says.team());
      surroundings
          .dialer()
          .dial(origin, Optional.empty())
          .fillRelay(says.team(), link.relay(), link.seal(statement, surroundings.random()));
      List<String> compare = CompareWords.over(statement);
      words.accept(compare);
      Server server =
          surroundings.dialer().dial(origin, Optional.of(NewDevice.signer(says.team(), identity)));
      VerifiedLog log =
          await(() -> accepted(server, says.team()), "the other device has not accepted this one");
      log.requireContains(says.head());
      requireShower(log, says);
      requireAdded(log, identity);
      OwnKeys.receive(identity, log);
      device.save(passphrase, origin.text(), log, identity);
      return new Enrolment.Invited(device.open(), compare);
    }
  }

  private static Optional<VerifiedLog> accepted(Server server, TeamId team) throws CofreException {
    try {
      return Optional.of(VerifiedLog.fetch(server, team));
    } catch (Refused refused) {
      if (refused.code().equals(Problem.LOGIN_REFUSED.code())
          || refused.code().equals(Problem.NO_SESSION.code())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static void requireShower(VerifiedLog log, PairLink.Layout says) throws Tampered {
    boolean shown =
        log.state().liveDevices(says.member()).stream()
            .map(device -> Hash.sha256(device.keys().signingKey().toArray()))
            .anyMatch(says.device()::equals);
    if (!shown) {
      throw new Tampered("the pairing");
    }
  }

  private static void requireAdded(VerifiedLog log, Identity identity) throws Tampered {
    boolean added =
        Optional.ofNullable(log.state().devices().get(identity.device()))
            .filter(Device::live)
            .filter(d -> d.member().equals(identity.member()))
            .filter(d -> d.keys().equals(identity.deviceKeys()))
            .isPresent();
    if (!added) {
      throw new Tampered("the pairing");
    }
  }

  static Workspace restore(
      Surroundings surroundings, Path home, Passphrase passphrase, Origin origin, String text)
      throws CofreException {
    try (RecoveryKit kit = RecoveryKit.read(text);
        NewDevice device = NewDevice.in(surroundings, home);
        Identity anonymous = kit.identity(new MemberId(Bytes.zeros(MemberId.LENGTH)))) {
      TeamId team = kit.team();
      Server server =
          surroundings.dialer().dial(origin, Optional.of(NewDevice.signer(team, anonymous)));
      VerifiedLog log = VerifiedLog.fetch(server, team);
      log.requireContains(kit.head());
      MemberId member =
          Optional.ofNullable(log.state().devices().get(kit.device()))
              .filter(d -> d.live() && d.keys().kind() == DeviceKind.RECOVERY_KIT)
              .map(Device::member)
              .orElseThrow(() -> new Tampered("the kit's place in the team log"));
      try (Identity author = kit.identity(member)) {
        OwnKeys.receive(author, log);
        EncryptionKey newest =
            author.newestKey().orElseThrow(() -> new Tampered("what the kit is to receive"));
        Identity identity = Identity.ofNewDevice(member, surroundings.random());
        Body body =
            new Body.DeviceAdd(
                Devices.statement(identity, team),
                MemberSeeds.wrap(
                    team, member, newest, identity.deviceKeys(), surroundings.random()));
        device.save(passphrase, origin.text(), log, identity);
        Enrolment.Sent sent;
        try {
          sent = Enrolment.append(surroundings, server, log, author, body, Optional.empty());
        } catch (Unreachable unknown) {
          throw unknown;
        } catch (CofreException e) {
          device.discard();
          throw e;
        }
        device.add(sent.fresh(log), sent.log());
        return device.open();
      }
    }
  }
}
