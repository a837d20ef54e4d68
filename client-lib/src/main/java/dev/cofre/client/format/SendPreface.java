package dev.cofre.client.format;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.cbor.UpdateNeededException;
import dev.cofre.protocol.cbor.Versioned;

/// What whoever has the link of a send can read before they open it.
///
/// @param sender the name of whoever sends
/// @param team the name of their team
/// @param files how many files there are; 0 for a text
/// @param bytes how long they are together, or the text
@Versioned
public record SendPreface(
    @Length(max = 200) String sender, @Length(max = 200) String team, long files, long bytes) {
  private static final Codec<SendPreface> CODEC = Codec.of(SendPreface.class);

  /// The CBOR, to be padded and sealed.
  public byte[] encode() {
    return CODEC.encode(this);
  }

  /// Reads one.
  ///
  /// @throws CofreException [Malformed], or [Unsupported] when a newer release wrote it
  public static SendPreface read(byte[] cbor) throws CofreException {
    try {
      return CODEC.decode(cbor);
    } catch (UpdateNeededException _) {
      throw new Unsupported("the send is of a newer version", "Update Cofre to open it.");
    } catch (MalformedException e) {
      throw new Malformed("what is sent cannot be read: " + e.getMessage());
    }
  }
}
