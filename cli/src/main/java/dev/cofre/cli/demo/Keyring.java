package dev.cofre.cli.demo;

import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.replica.LocalSeal;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.replica.Stored;
import dev.cofre.client.replica.VaultStore;
import dev.cofre.protocol.VaultId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Every secret that a device keeps: whoever has the machine and the passphrase has these.
final class Keyring implements AutoCloseable {
  private final Keystore keystore;
  private final List<SecretBytes> channels = new ArrayList<>();
  private final List<SecretBytes> keys = new ArrayList<>();
  private final long lastCommit;

  private Keyring(Keystore keystore, VaultStore store) throws CofreException {
    this.keystore = keystore;
    this.lastCommit = store.head().seq();
    for (Stored.OwnChannel channel : store.channels()) {
      channels.add(SecretBytes.taking(channel.secret().toArray()));
    }
    keys.addAll(keystore.identity().seeds());
    keys.add(keystore.localKey().duplicate());
    store.readFacts(fact -> {
      if (fact instanceof Stored.Fact.Opened opened) {
        keys.add(SecretBytes.taking(opened.key().toArray()));
        addContentKey(opened);
      }
    });
  }

  private void addContentKey(Stored.Fact.Opened opened) {
    try (FileRecord record = FileRecord.read(opened.record().toArray())) {
      keys.add(record.contentKey().duplicate());
    } catch (CofreException _) {
      // The vault's name has no content.
    }
  }

  /// What a device has of a vault.
  static Keyring of(Path home, char[] passphrase, VaultId vault) throws CofreException {
    RandomSource random = RandomSource.system();
    Keystore keystore = Keystore.open(home, passphrase, random);
    Replica replica = Replica.open(home, new LocalSeal(keystore.localKey(), random));
    return new Keyring(keystore, replica.vault(vault));
  }

  /// The member's encryption keys.
  List<EncryptionKey> memberKeys() {
    return keystore.identity().memberKeys();
  }

  /// The secrets of the channels that this device made.
  List<SecretBytes> channels() {
    return channels;
  }

  /// Seeds, the key of the device's memory, record keys and content keys.
  List<SecretBytes> keys() {
    return keys;
  }

  /// The last commit of the vault that this device has seen.
  long lastCommit() {
    return lastCommit;
  }

  @Override
  public void close() {
    channels.forEach(SecretBytes::close);
    keys.forEach(SecretBytes::close);
    keystore.close();
  }
}
