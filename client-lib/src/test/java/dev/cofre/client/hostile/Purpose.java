package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.protocol.vault.Commit;
import java.util.Map;

/// For what a payload was signed, by what it can be read as.
final class Purpose {
  private static final Map<Label, Codec<?>> CODECS =
      Map.of(Label.ENTRY, Entry.CODEC, Label.COMMIT, Commit.CODEC, Label.CHANNEL, Channel.CODEC);

  private Purpose() {}

  static Label of(Bytes payload) {
    for (Map.Entry<Label, Codec<?>> codec : CODECS.entrySet()) {
      try {
        codec.getValue().decode(payload.toArray());
        return codec.getKey();
      } catch (MalformedException _) {
        // Something else, then.
      }
    }
    return Label.ENTRY;
  }
}
