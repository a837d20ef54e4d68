package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.replica.Stored;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.TeamState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Names and e-mail addresses of members and of the team, held to the hashes in the log: the server cannot make any up.
public final class Names {
  private static final int SHORT_ID = 8;

  private final Connection connection;
  private final Replica replica;
  private final Map<InviteId, String> invited = new LinkedHashMap<>();
  private final Map<Hash, Profile> profiles;

  private Names(
      Connection connection,
      Replica replica,
      List<Profile> profiles,
      List<Stored.Invitee> invited) {
    this.connection = connection;
    this.replica = replica;
    this.profiles = byHash(profiles);
    invited.forEach(invitee -> this.invited.put(invitee.invite(), invitee.email()));
  }

  /// The names last seen.
  public static Names open(Connection connection, Replica replica) throws CofreException {
    return new Names(connection, replica, replica.names(), replica.invited());
  }

  private static Map<Hash, Profile> byHash(List<Profile> profiles) {
    Map<Hash, Profile> map = new HashMap<>();
    profiles.forEach(profile -> map.put(profile.hash(), profile));
    return map;
  }

  /// Asks the server when the log speaks of somebody whose name is not known. What was known stays known, whatever it answers.
  public void refresh(TeamState team) throws CofreException {
    boolean complete =
        profiles.containsKey(team.teamProfile())
            && team.members().values().stream().allMatch(m -> profiles.containsKey(m.profile()));
    if (!complete) {
      profiles.putAll(byHash(connection.server().profiles(connection.team()).profiles()));
      profiles.keySet().retainAll(spokenOf(team));
      replica.saveNames(List.copyOf(profiles.values()));
    }
  }

  private static Set<Hash> spokenOf(TeamState team) {
    Set<Hash> hashes = new HashSet<>(List.of(team.teamProfile()));
    team.members().values().forEach(member -> hashes.add(member.profile()));
    return hashes;
  }

  /// The team's name, or the beginning of its id.
  public String ofTeam(TeamState team) {
    return profile(team.teamProfile())
        .map(Profile::name)
        .orElseGet(() -> team.id().hex().substring(0, SHORT_ID));
  }

  /// A member's name, or the beginning of their id.
  public String of(TeamState team, MemberId member) {
    return Optional.ofNullable(team.members().get(member))
        .map(Member::profile)
        .flatMap(this::profile)
        .map(Profile::name)
        .orElseGet(() -> member.hex().substring(0, SHORT_ID));
  }

  /// The address to which this very device gave an invitation.
  public Optional<String> invited(InviteId invite) {
    return Optional.ofNullable(invited.get(invite));
  }

  /// Remembers it. Nobody else learns of it.
  public void remember(InviteId invite, String email) throws CofreException {
    invited.put(invite, email);
    replica.saveInvited(
        invited.entrySet().stream()
            .map(entry -> new Stored.Invitee(entry.getKey(), entry.getValue()))
            .toList());
  }

  /// The profile of a hash.
  public Optional<Profile> profile(Hash hash) {
    return Optional.ofNullable(profiles.get(hash));
  }
}
