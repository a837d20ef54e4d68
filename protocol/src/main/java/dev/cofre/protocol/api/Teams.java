package dev.cofre.protocol.api;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.List;
import java.util.Optional;

/// Registering a team, and its log.
public final class Teams {
  private Teams() {}

  /// Registers a team: its genesis entry, the profiles of the team and of its first owner, and the server's registration
  /// token where it asks for one.
  public record Create(
      SignedBytes genesis,
      Profile team,
      Profile owner,
      @Length(max = 256) Optional<String> registrationToken) {
    /// The wire form.
    public static final Codec<Create> CODEC = Codec.of(Create.class);

    @Override
    public String toString() {
      return "Create[" + team.name() + "]";
    }
  }

  /// The team's id, as the server computed it.
  public record Created(TeamId team) {
    /// The wire form.
    public static final Codec<Created> CODEC = Codec.of(Created.class);
  }

  /// Appends an entry; a join brings the newcomer's profile.
  public record Append(SignedBytes entry, Optional<Profile> profile) {
    /// The wire form.
    public static final Codec<Append> CODEC = Codec.of(Append.class);
  }

  /// Entries in order, at most 500, and the log's head: more follow while the last one is below it.
  public record LogPage(@Length(max = 500) List<SignedBytes> entries, Head head) {
    /// The wire form.
    public static final Codec<LogPage> CODEC = Codec.of(LogPage.class);
  }

  /// All profiles of the team that are not erased; the log's hashes say whose they are.
  public record Profiles(@Length(max = 10_000) List<Profile> profiles) {
    /// The wire form.
    public static final Codec<Profiles> CODEC = Codec.of(Profiles.class);
  }
}
