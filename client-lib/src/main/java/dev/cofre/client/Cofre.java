package dev.cofre.client;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One unlocked device of one member in one team. `home` is the directory that holds its whole state (mode 0700); one process
/// at a time works on it. For one thread at a time, except where a method says otherwise.
public final class Cofre implements AutoCloseable {
  private Cofre() {}

  /// Whether there is a keystore in this directory.
  public static boolean existsIn(Path home) {
    return Unfinished.yet();
  }

  /// Starts a team on a server, with `me` as its first owner.
  public static Cofre createTeam(
      Surroundings surroundings,
      Path home,
      Passphrase passphrase,
      URI server,
      String teamName,
      Person me,
      Optional<String> registrationToken)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Joins by an invitation's link, or becomes a further device of a member by a pairing link (then `me` is not used). As soon
  /// as there are words to compare they go to `words`; a pairing then waits until the other device has accepted.
  public static Joined join(
      Surroundings surroundings,
      Path home,
      Passphrase passphrase,
      String link,
      Person me,
      Consumer<List<String>> words)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Unlocks the device in this directory. Does not ask the server anything.
  public static Cofre open(Surroundings surroundings, Path home, Passphrase passphrase)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Unlocks the device with the key that [dev.cofre.client.keys.Keystore#unlockKey] gave, as an agent keeps it.
  ///
  /// @throws dev.cofre.client.failure.LocalState of kind `LOCKED` when the passphrase was changed since
  public static Cofre open(Surroundings surroundings, Path home, SecretBytes unlockKey)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Makes this a device of the member whose recovery kit this is. `kit` is what was typed or scanned from the sheet.
  public static Cofre restore(
      Surroundings surroundings, Path home, Passphrase passphrase, URI server, String kit)
      throws CofreException {
    return Unfinished.yet();
  }

  /// Seals the keystore under another passphrase.
  public void changePassphrase(Passphrase passphrase) throws CofreException {
    Unfinished.yet();
  }

  /// The team.
  public Team team() {
    return Unfinished.yet();
  }

  /// The vaults that this member is in, caught up, by name.
  public List<Vault> vaults() throws CofreException {
    return Unfinished.yet();
  }

  /// A vault by its name, its id, or an unambiguous beginning of its id of at least 8 digits.
  ///
  /// @throws dev.cofre.client.failure.NotFound when there is none, or more than one, of that name
  public Vault vault(String nameOrId) throws CofreException {
    return Unfinished.yet();
  }

  /// Starts a vault with this member as its manager.
  public Vault createVault(String name) throws CofreException {
    return Unfinished.yet();
  }

  /// Who this is, as last verified; asks nobody.
  public WhoAmI whoAmI() {
    return Unfinished.yet();
  }

  @Override
  public void close() {
    Unfinished.yet();
  }
}
