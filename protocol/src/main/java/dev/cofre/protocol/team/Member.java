package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Somebody who joined a team. `memberKey` is the X-Wing key to wrap for, absent while void. `keys` are the hashes of all keys
/// this member ever had, the newest last. `join` is the hash of the entry that brought them in, `since` its seq; `invite` is
/// absent for the founder.
public record Member(
    MemberId id,
    TeamRole role,
    Standing standing,
    Hash profile,
    Optional<Bytes> memberKey,
    List<Hash> keys,
    Optional<InviteId> invite,
    Hash join,
    long since) {
  public Member {
    keys = List.copyOf(keys);
  }

  static Hash hashOf(Bytes memberKey) {
    return Hash.sha256(memberKey.toArray());
  }

  /// Whether this is a member now.
  public boolean confirmed() {
    return standing == Standing.CONFIRMED;
  }

  Member as(TeamRole other) {
    return new Member(id, other, standing, profile, memberKey, keys, invite, join, since);
  }

  Member now(Standing other) {
    return new Member(id, role, other, profile, memberKey, keys, invite, join, since);
  }

  Member withVoidKey() {
    return new Member(id, role, standing, profile, Optional.empty(), keys, invite, join, since);
  }

  Member withKey(Bytes key) {
    List<Hash> all = Stream.concat(keys.stream(), Stream.of(hashOf(key))).toList();
    return new Member(id, role, standing, profile, Optional.of(key), all, invite, join, since);
  }
}
