package dev.cofre.client.keys;

import dev.cofre.client.crypto.Encapsulation;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.Tampered;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Device;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Channel;
import java.util.Optional;

/// Channels from a sender's device to a recipient's member key in a vault.
public final class Channels {
  private static final byte[] EXPORTER_CONTEXT = Context.of(Label.CHANNEL_SECRET, new Bytes[0]);

  private Channels() {}

  /// One end of a channel: its id, its signed bytes, and the secret that only both ends know.
  public static final class End implements AutoCloseable {
    private final SignedBytes bytes;
    private final Hash id;
    private final SecretBytes secret;

    /// Takes the secret over.
    public End(SignedBytes bytes, SecretBytes secret) {
      this.bytes = bytes;
      this.id = bytes.hash(Label.CHANNEL);
      this.secret = secret;
    }

    /// The channel's id.
    public Hash id() {
      return id;
    }

    /// The channel as its sender signed it.
    public SignedBytes bytes() {
      return bytes;
    }

    /// 32 bytes, wiped with this end.
    public SecretBytes secret() {
      return secret;
    }

    @Override
    public void close() {
      secret.close();
    }

    @Override
    public String toString() {
      return "Channels.End[" + id + "]";
    }
  }

  /// Makes a channel to a recipient whom the team log proves.
  ///
  /// @throws CofreException when the recipient's key is not a valid one
  public static End make(
      Identity sender, TeamId team, VaultId vault, Recipient recipient, RandomSource random)
      throws CofreException {
    Bytes deviceKey = sender.deviceKeys().signingKey();
    byte[] info =
        Channel.info(
            team, vault, sender.member(), deviceKey, recipient.member(), recipient.keyHash());
    try (Encapsulation made =
        Hpke.encapsulate(recipient.memberKey(), info, EXPORTER_CONTEXT, random)) {
      Channel channel =
          new Channel(
              team,
              vault,
              sender.member(),
              sender.device(),
              deviceKey,
              recipient.member(),
              recipient.keyHash(),
              made.bytes());
      return new End(
          sender.sign(Label.CHANNEL, Channel.CODEC.encode(channel)), made.secret().duplicate());
    }
  }

  /// Opens a channel made for this member in a vault. That its sender's device stands in the team log is checked; whether it
  /// still may do anything is not, because a channel authorises nothing.
  ///
  /// @throws CofreException [Tampered] when it is not its sender's; [NotForUs] when its recipient is another, or a key that
  ///     this device does not have
  public static End open(Identity recipient, TeamState team, VaultId vault, Signed<Channel> channel)
      throws CofreException {
    Channel said = channel.value();
    Optional<Device> device =
        Optional.ofNullable(team.devices().get(said.device()))
            .filter(d -> d.member().equals(said.sender()))
            .filter(d -> d.keys().signingKey().equals(said.deviceKey()));
    if (!said.team().equals(team.id())
        || !said.vault().equals(vault)
        || channel.label() != Label.CHANNEL
        || device.isEmpty()
        || !channel.verifies(said.deviceKey())) {
      throw new Tampered("a channel");
    }
    if (!said.recipient().equals(recipient.member())) {
      throw new NotForUs("a channel for another member");
    }
    EncryptionKey key =
        recipient
            .memberKey(said.recipientKey())
            .orElseThrow(() -> new NotForUs("a channel for a key that this device does not have"));
    return new End(channel.bytes(), secret(key, said));
  }

  /// What a key makes of a channel, without asking whom it is for: the secret only if it is the recipient's key.
  public static SecretBytes secret(EncryptionKey key, Channel channel) throws CofreException {
    return Hpke.decapsulate(key, channel.encapsulation(), channel.info(), EXPORTER_CONTEXT);
  }
}
