package dev.cofre.protocol;

import java.nio.charset.StandardCharsets;

/// The closed list of purposes. Everything signed, sealed, wrapped or derived names exactly one of these, so a valid thing
/// of one purpose is never valid for another. The number in each text is the protocol's version.
public enum Label {
  /// Signature of a device over a team entry.
  ENTRY("cofre/1 entry"),
  /// Signature of a device over a vault commit.
  COMMIT("cofre/1 commit"),
  /// Signature of a device over a channel.
  CHANNEL("cofre/1 channel"),
  /// Signature of an invitation's key over a join statement.
  JOIN("cofre/1 join"),
  /// Signature of a new device over its own keys.
  DEVICE("cofre/1 device"),
  /// Signature of a device or an invitation's key that opens a session.
  LOGIN("cofre/1 login"),
  /// Signature of a device over what an encrypted export holds.
  EXPORT("cofre/1 export"),
  /// Seed of an invitation's signing key, from the link's secret.
  INVITE_KEY("cofre/1 invite key"),
  /// Words that two people compare over a join or a new device.
  COMPARE("cofre/1 compare"),
  /// The code that two members compare over their heads.
  HEADS("cofre/1 heads"),
  /// A file's content.
  CONTENT("cofre/1 content"),
  /// A file's record.
  RECORD("cofre/1 record"),
  /// The HPKE info of a channel.
  CHANNEL_SECRET("cofre/1 channel secret"),
  /// The single-use key of a wrap.
  WRAP("cofre/1 wrap"),
  /// A member's seed, wrapped for a device.
  MEMBER_SEED("cofre/1 member seed"),
  /// A member's previous seed, sealed under the new one.
  PREVIOUS_SEED("cofre/1 previous seed"),
  /// The local keystore.
  KEYSTORE("cofre/1 keystore"),
  /// Local state: heads, channel secrets, index.
  LOCAL("cofre/1 local"),
  /// Keys of a recovery kit, from its words.
  KIT("cofre/1 recovery kit"),
  /// Keys and manifest of a send, from its link.
  SEND("cofre/1 send"),
  /// What two devices of one member say to each other while pairing.
  PAIRING("cofre/1 pairing"),
  /// A member's or team's profile hash.
  PROFILE("cofre/1 profile");

  private final String text;

  Label(String text) {
    this.text = text;
  }

  /// The exact text that enters the bytes.
  public String text() {
    return text;
  }

  /// `label ‖ 0x00 ‖ payload`: the input of every signature.
  public byte[] prefix(byte[] payload) {
    byte[] label = text.getBytes(StandardCharsets.US_ASCII);
    byte[] input = new byte[label.length + 1 + payload.length];
    System.arraycopy(label, 0, input, 0, label.length);
    System.arraycopy(payload, 0, input, label.length + 1, payload.length);
    return input;
  }
}
