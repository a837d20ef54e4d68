package dev.cofre.client.keys;

import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.List;

/// Eight words, 88 bits, over a complete signed thing: what two people, or two screens, compare.
public final class CompareWords {
  /// How many words there are.
  public static final int COUNT = 8;

  private CompareWords() {}

  /// The words over a join entry or a new device's statement, its signature included.
  public static List<String> over(SignedBytes signed) {
    Hash hash =
        Hash.sha256(Label.COMPARE.prefix(signed.payload().toArray()), signed.signature().toArray());
    return WordList.spell(hash.value().toArray(), COUNT);
  }
}
