package dev.cofre.protocol.cbor;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Id;
import dev.cofre.protocol.Label;

/// The canonical context (**ctx**) of a seal, wrap or derivation: a CBOR array of the label's text and the parts as byte
/// strings. Every part carries its length, so no two lists of parts give the same bytes.
public final class Context {
  private Context() {}

  /// The context of a label and ids.
  public static byte[] of(Label label, Id... ids) {
    Bytes[] parts = new Bytes[ids.length];
    for (int i = 0; i < ids.length; i++) {
      parts[i] = ids[i].value();
    }
    return of(label, parts);
  }

  /// The context of a label and raw parts.
  public static byte[] of(Label label, Bytes... parts) {
    CborWriter writer = new CborWriter();
    writer.array(1 + parts.length);
    writer.text(label.text());
    for (Bytes part : parts) {
      writer.bytes(part);
    }
    return writer.toByteArray();
  }
}
