package dev.cofre.client.hostile;

import dev.cofre.client.Cofre;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.remote.LoginSigner;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Sessions;
import java.lang.reflect.Field;

/// What only a test looks at.
final class Innards {
  private Innards() {}

  /// The key that unlocks a device that is unlocked already, so that no test pays for the passphrase twice.
  static SecretBytes unlockKey(Cofre cofre) {
    try {
      Field workspace = Cofre.class.getDeclaredField("workspace");
      workspace.setAccessible(true);
      return ((Workspace) workspace.get(cofre)).keystore().unlockKey();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /// How a device logs in.
  static LoginSigner signer(TeamId team, Identity identity) {
    return new LoginSigner(
        team,
        new Sessions.Subject.OfDevice(identity.device()),
        login -> identity.sign(Label.LOGIN, Sessions.Login.CODEC.encode(login)));
  }
}
