package dev.cofre.client.keys;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.Hkdf;
import dev.cofre.client.crypto.Pbkdf2;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.PaddedRecord;
import dev.cofre.client.format.SendPreface;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.cbor.Context;
import java.util.Arrays;
import java.util.Optional;

/// The key of a send's link and what follows from it: the token that the server knows the link by, the preface, and with the passcode, where
/// there is one, the manifest's key. A passcode is added to the key; nothing follows from it alone.
public final class SendSecret implements AutoCloseable {
  private static final int ACCESS = 1;
  private static final int PREFACE = 2;
  private static final int SALT = 3;
  private static final int MANIFEST = 4;
  private static final int PROOF = 5;

  private final SendId send;
  private final SecretBytes key;

  private SendSecret(SendId send, SecretBytes key) {
    this.send = send;
    this.key = key;
  }

  /// What follows from a key, which is copied.
  public static SendSecret of(SendId send, SecretBytes key) {
    return new SendSecret(send, key.duplicate());
  }

  /// A passcode that nobody guesses soon: four words of 11 bits, with hyphens between.
  public static String freshPasscode(RandomSource random) {
    return String.join("-", WordList.spell(random.bytes(6).toArray(), 4));
  }

  /// The token by which the server knows whoever has the link.
  public Bytes access() {
    try (SecretBytes access = derived(key, ACCESS)) {
      return Bytes.of(access.toArray());
    }
  }

  /// Seals what can be read before it is opened.
  public Bytes seal(SendPreface preface, RandomSource random) {
    byte[] padded = PaddedRecord.pad(preface.encode());
    try (SecretBytes prefaceKey = derived(key, PREFACE)) {
      return Bytes.of(Cobblestone.seal(prefaceKey, context(PREFACE), padded, random));
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /// Opens what can be read before it is opened.
  ///
  /// @throws CofreException [dev.cofre.client.failure.Tampered] when whoever sealed it had not this key
  public SendPreface open(Bytes preface) throws CofreException {
    try (SecretBytes prefaceKey = derived(key, PREFACE)) {
      byte[] padded = Cobblestone.open(prefaceKey, context(PREFACE), preface.toArray());
      return SendPreface.read(PaddedRecord.unpad(padded));
    }
  }

  /// What it takes to open the send. Slow where there is a passcode. The caller closes it.
  public Opener opener(Optional<char[]> passcode) {
    if (passcode.isEmpty()) {
      return new Opener(key.duplicate());
    }
    try (SecretBytes salt = derived(key, SALT);
        SecretBytes stretched = Pbkdf2.derive(passcode.get(), salt)) {
      byte[] both = new byte[key.length() + stretched.length()];
      key.copyTo(both, 0);
      stretched.copyTo(both, key.length());
      return new Opener(SecretBytes.taking(both));
    }
  }

  /// The link's key, with the passcode's.
  public final class Opener implements AutoCloseable {
    private final SecretBytes material;

    private Opener(SecretBytes material) {
      this.material = material;
    }

    /// The key of the manifest. The caller closes it.
    public SecretBytes manifestKey() {
      return derived(material, MANIFEST);
    }

    /// The context of the manifest.
    public byte[] manifestContext() {
      return context(MANIFEST);
    }

    /// What shows the server that the passcode is known.
    public Bytes proof() {
      try (SecretBytes proof = derived(material, PROOF)) {
        return Bytes.of(proof.toArray());
      }
    }

    @Override
    public void close() {
      material.close();
    }
  }

  private SecretBytes derived(SecretBytes from, int purpose) {
    return Hkdf.derive(new byte[0], from, context(purpose), 32);
  }

  private byte[] context(int purpose) {
    return Context.of(Label.SEND, send.value(), Bytes.of((byte) purpose));
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "SendSecret[" + send + "]";
  }
}
