package dev.cofre.protocol.api;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Kind;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;
import dev.cofre.protocol.signed.SignedBytes;

/// Logging in by a signed challenge.
public final class Sessions {
  private Sessions() {}

  /// Who logs in.
  public sealed interface Subject {
    /// A device of a member.
    @Kind(1)
    record OfDevice(DeviceId device) implements Subject {}

    /// Whoever holds an open invitation's secret.
    @Kind(2)
    record OfInvite(InviteId invite) implements Subject {}
  }

  /// Asks for a nonce. The answer is the same whether or not the subject exists.
  public record Ask(Subject subject) {
    /// The wire form.
    public static final Codec<Ask> CODEC = Codec.of(Ask.class);
  }

  /// A nonce, usable once until `expires` (milliseconds since 1970 UTC).
  public record Challenge(@Length(min = 32, max = 32) Bytes nonce, long expires) {
    /// The wire form.
    public static final Codec<Challenge> CODEC = Codec.of(Challenge.class);
  }

  /// What is signed to log in, under [dev.cofre.protocol.Label#LOGIN]: the origin is the one the client was told out of
  /// band, so a signature made for one server is worthless at another.
  @Versioned
  public record Login(
      @Length(min = 1, max = 255) String origin,
      TeamId team,
      Subject subject,
      @Length(min = 32, max = 32) Bytes nonce,
      long time) {
    /// The wire form.
    public static final Codec<Login> CODEC = Codec.of(Login.class);
  }

  /// A signed [Login].
  public record Open(SignedBytes login) {
    /// The wire form.
    public static final Codec<Open> CODEC = Codec.of(Open.class);
  }

  /// How large contents travel. The ordinal is the wire form.
  public enum Delivery {
    /// Through the server.
    PROXY,
    /// Between client and storage, at addresses that the server gives.
    DIRECT
  }

  /// An opaque token, good until `expires` (milliseconds since 1970 UTC) or until the subject's rights end, if sooner.
  public record Opened(@Length(min = 32, max = 32) Bytes token, long expires, Delivery delivery) {
    /// The wire form.
    public static final Codec<Opened> CODEC = Codec.of(Opened.class);

    @Override
    public String toString() {
      return "Opened[" + expires + "]";
    }
  }
}
