package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlockKeyTest {
  private static final RandomSource RANDOM = RandomSource.system();

  @TempDir private Path directory;

  @Test
  void opensTheKeystoreUntilThePassphraseIsChanged() throws Exception {
    Path home = directory.resolve("home");
    Keystore.Account account =
        new Keystore.Account(
            "https://cofre.example",
            new TeamId(Bytes.zeros(TeamId.LENGTH)),
            new Head(1, Hash.ZERO));
    Identity identity = Identity.ofNewMember(RANDOM);
    try (Keystore made =
            Keystore.create(
                home, "first words".toCharArray(), account, identity, RANDOM.secret(32), RANDOM);
        SecretBytes key = made.unlockKey()) {
      try (Keystore again = Keystore.open(home, key, RANDOM)) {
        assertEquals(account, again.account());
        assertEquals(identity.device(), again.identity().device());
      }
      made.changePassphrase("second words".toCharArray());
      LocalState stale = assertThrows(LocalState.class, () -> Keystore.open(home, key, RANDOM));
      assertEquals(LocalState.Kind.LOCKED, stale.kind());
      Keystore.open(home, "second words".toCharArray(), RANDOM).close();
    }
  }
}
