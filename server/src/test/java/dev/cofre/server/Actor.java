package dev.cofre.server;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.DeviceKeys;
import dev.cofre.protocol.team.DeviceKind;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;

/// A person with one device and real keys, logged in or not.
public final class Actor {
  private static final SecureRandom RANDOM = new SecureRandom();

  public final MemberId id = new MemberId(random(16));
  public final Ed25519PrivateKeyParameters signer = new Ed25519PrivateKeyParameters(RANDOM);
  public final DeviceKeys device =
      new DeviceKeys(
          new DeviceId(random(16)),
          DeviceKind.COMPUTER,
          Bytes.of(signer.generatePublicKey().getEncoded()),
          encryptionKey());
  public final Bytes memberKey = encryptionKey();
  public final Profile profile;
  public Optional<Bytes> token = Optional.empty();

  public Actor(String name) {
    profile = new Profile(random(32), name, name + "@canary.example");
  }

  public static Bytes random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  public static Bytes encryptionKey() {
    byte[] seed = random(32).toArray();
    return Bytes.of(new XWingPrivateKeyParameters(seed).getPublicKeyParameters().getEncoded());
  }

  public SignedBytes sign(Label label, byte[] payload) {
    return sign(label, payload, signer);
  }

  public static SignedBytes sign(Label label, byte[] payload, Ed25519PrivateKeyParameters signer) {
    byte[] input = label.prefix(payload);
    Ed25519Signer ed25519 = new Ed25519Signer();
    ed25519.init(true, signer);
    ed25519.update(input, 0, input.length);
    return new SignedBytes(Bytes.of(payload), Bytes.of(ed25519.generateSignature()));
  }

  /// Logs in with the device.
  public Actor login(TeamId team) {
    token = Optional.of(login(team, new Sessions.Subject.OfDevice(device.id()), signer));
    return this;
  }

  public static Bytes login(
      TeamId team, Sessions.Subject subject, Ed25519PrivateKeyParameters signer) {
    return tryLogin(team, subject, signer, TestServer.uri().toString(), 0)
        .as(Sessions.Opened.CODEC)
        .token();
  }

  public static Bytes nonce(TeamId team, Sessions.Subject subject) {
    return Wire.call(
            Route.CHALLENGE,
            Optional.empty(),
            "",
            Sessions.Ask.CODEC.encode(new Sessions.Ask(subject)),
            team)
        .as(Sessions.Challenge.CODEC)
        .nonce();
  }

  public static Wire.Answer tryLogin(
      TeamId team,
      Sessions.Subject subject,
      Ed25519PrivateKeyParameters signer,
      String origin,
      long late) {
    return open(team, nonce(team, subject), subject, signer, origin, late);
  }

  public static Wire.Answer open(
      TeamId team,
      Bytes nonce,
      Sessions.Subject subject,
      Ed25519PrivateKeyParameters signer,
      String origin,
      long late) {
    Sessions.Login login =
        new Sessions.Login(origin, team, subject, nonce, TestServer.CLOCK.millis() - late);
    SignedBytes signed = sign(Label.LOGIN, Sessions.Login.CODEC.encode(login), signer);
    byte[] body = Sessions.Open.CODEC.encode(new Sessions.Open(signed));
    return Wire.call(Route.OPEN_SESSION, Optional.empty(), "", body, team);
  }
}
