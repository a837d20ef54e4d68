package dev.cofre.client;

import dev.cofre.client.crypto.SigningKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.history.VerifiedLog;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.CompareWords;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.remote.LoginSigner;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.Invitation;
import dev.cofre.protocol.team.JoinStatement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// How a home directory becomes the first device of a member: by starting a team, or by an invitation.
final class Enrolment {
  private static final int ATTEMPTS = 12;
  private static final int SALT_LENGTH = 32;

  private Enrolment() {}

  static Workspace createTeam(
      Surroundings surroundings,
      Path home,
      Passphrase passphrase,
      Origin origin,
      String teamName,
      Person me,
      Optional<String> registrationToken)
      throws CofreException {
    try (NewDevice device = NewDevice.in(surroundings, home)) {
      Identity identity = Identity.ofNewMember(surroundings.random());
      Profile team = profile(surroundings, teamName, "");
      Profile owner = profile(surroundings, me.name(), me.email());
      SignedBytes genesis = genesis(surroundings, identity, team.hash(), owner.hash());
      TeamId id = new TeamId(genesis.hash(Label.ENTRY).value());
      device.save(passphrase, origin.text(), VerifiedLog.of(id, List.of(genesis)), identity);
      Server server = surroundings.dialer().dial(origin, Optional.empty());
      try {
        TeamId registered =
            server.createTeam(new Teams.Create(genesis, team, owner, registrationToken));
        if (!registered.equals(id)) {
          throw new Tampered("the team's beginning");
        }
      } catch (CofreException e) {
        device.discard();
        throw e;
      }
      device.remember(List.of(team, owner));
      return device.open();
    }
  }

  private static SignedBytes genesis(
      Surroundings surroundings, Identity identity, Hash team, Hash owner) {
    Body body =
        new Body.Genesis(
            team,
            identity.member(),
            owner,
            identity.deviceKeys(),
            identity.newestKey().orElseThrow().publicKey());
    Entry entry =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            identity.member(),
            identity.device(),
            now(surroundings),
            body);
    return identity.sign(Label.ENTRY, Entry.CODEC.encode(entry));
  }

  private static long now(Surroundings surroundings) {
    return Math.max(0, surroundings.clock().millis());
  }

  private static Profile profile(Surroundings surroundings, String name, String email) {
    return new Profile(surroundings.random().bytes(SALT_LENGTH), name, email);
  }

  /// What joining by an invitation gave.
  record Invited(Workspace workspace, List<String> words) {}

  static Invited join(
      Surroundings surroundings,
      Path home,
      Passphrase passphrase,
      String text,
      Person me,
      Consumer<List<String>> words)
      throws CofreException {
    try (JoinLink link = JoinLink.read(text);
        SigningKey key = link.key();
        NewDevice device = NewDevice.in(surroundings, home)) {
      Origin origin = NewDevice.origin(link.origin());
      Server server = surroundings.dialer().dial(origin, Optional.of(signer(link, key)));
      VerifiedLog log = invitedTo(server, link.team());
      requireInvitation(log, link, key);
      Identity identity = Identity.ofNewMember(surroundings.random());
      Profile profile = profile(surroundings, me.name(), me.email());
      Body body = body(link, key, identity, profile.hash());
      device.save(passphrase, origin.text(), log, identity);
      Sent sent;
      try {
        sent = append(surroundings, server, log, identity, body, Optional.of(profile));
      } catch (Unreachable unknown) {
        throw unknown;
      } catch (CofreException e) {
        device.discard();
        throw e;
      }
      device.add(sent.fresh(log), sent.log());
      device.remember(List.of(profile));
      List<String> compare = CompareWords.over(sent.entry());
      words.accept(compare);
      return new Invited(device.open(), compare);
    }
  }

  private static LoginSigner signer(JoinLink link, SigningKey key) {
    return new LoginSigner(
        link.team(),
        new Sessions.Subject.OfInvite(link.invite()),
        login -> signed(key, Label.LOGIN, Sessions.Login.CODEC.encode(login)));
  }

  private static SignedBytes signed(SigningKey key, Label label, byte[] payload) {
    return new SignedBytes(Bytes.of(payload), key.sign(label.prefix(payload)));
  }

  /// The log contains what the link says: the head, the invitation with the key of the secret, made by the device that is named.
  private static void requireInvitation(VerifiedLog log, JoinLink link, SigningKey key)
      throws CofreException {
    log.requireContains(link.head());
    Invitation invitation = log.state().invitations().get(link.invite());
    if (invitation == null || !invitation.invite().key().equals(key.publicKey())) {
      throw new Tampered("the invitation");
    }
    Entry entry = log.entries().get((int) invitation.seq()).value();
    boolean byInviter =
        Optional.ofNullable(log.state().devices().get(entry.device()))
            .map(device -> Hash.sha256(device.keys().signingKey().toArray()))
            .filter(link.inviter()::equals)
            .isPresent();
    if (!byInviter) {
      throw new Tampered("the invitation");
    }
    if (!invitation.open()) {
      throw unusable();
    }
  }

  /// The team's log for the holder of an invitation. The server answers every login that fails alike; here it means that
  /// the invitation is over, or that the clocks are far apart.
  private static VerifiedLog invitedTo(Server server, TeamId team) throws CofreException {
    try {
      return VerifiedLog.fetch(server, team);
    } catch (Refused refused) {
      throw refused.code().equals(Problem.LOGIN_REFUSED.code()) ? unusable() : refused;
    }
  }

  private static Refused unusable() {
    return new Refused(
        Problem.INVITE_UNUSABLE.code(),
        Problem.INVITE_UNUSABLE.status(),
        "the invitation was used, cancelled or has expired",
        "Ask for a new one. If it is fresh, check the clock of this machine.");
  }

  private static Body body(JoinLink link, SigningKey key, Identity identity, Hash profile) {
    JoinStatement statement =
        new JoinStatement(
            link.team(),
            link.invite(),
            identity.member(),
            profile,
            identity.deviceKeys(),
            identity.newestKey().orElseThrow().publicKey());
    return new Body.Join(signed(key, Label.JOIN, JoinStatement.CODEC.encode(statement)));
  }

  /// An entry that the server has taken, and the log with it.
  record Sent(SignedBytes entry, VerifiedLog log) {
    /// The entries that `before` does not have.
    List<SignedBytes> fresh(VerifiedLog before) {
      return log.bytes().subList(before.entries().size(), log.entries().size());
    }
  }

  /// Appends an entry by a device without a memory of its own.
  static Sent append(
      Surroundings surroundings,
      Server server,
      VerifiedLog start,
      Identity author,
      Body body,
      Optional<Profile> profile)
      throws CofreException {
    VerifiedLog log = start;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Entry entry =
          new Entry(
              log.state().id(),
              log.head().seq() + 1,
              log.head().hash(),
              author.member(),
              author.device(),
              now(surroundings),
              body);
      SignedBytes bytes = author.sign(Label.ENTRY, Entry.CODEC.encode(entry));
      VerifiedLog next = log.with(List.of(bytes));
      try {
        server.append(log.state().id(), new Teams.Append(bytes, profile));
        return new Sent(bytes, next);
      } catch (Refused refused) {
        if (!refused.code().equals(Problem.STALE_HEAD.code())) {
          throw refused;
        }
        log = VerifiedLog.fetch(server, log.state().id());
        log.requireContains(start.head());
      }
    }
    throw Conflict.overtaken("the team");
  }
}
