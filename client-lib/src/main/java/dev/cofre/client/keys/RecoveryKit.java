package dev.cofre.client.keys;

import dev.cofre.client.crypto.Hkdf;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.Malformed;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.team.DeviceKind;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A printed device: 24 words for 256 random bits and 8 bits to notice a slip, the team, and the head of its log at printing. All keys
/// of the device follow from the words.
public final class RecoveryKit implements AutoCloseable {
  /// How many words there are.
  public static final int WORDS = 24;

  private static final int SECRET_LENGTH = 32;
  private static final Bytes DEVICE = Bytes.of((byte) 1);
  private static final Bytes SIGNING = Bytes.of((byte) 2);
  private static final Bytes RECEIVING = Bytes.of((byte) 3);
  private static final Pattern NUMBERED = Pattern.compile("\\b(\\d{1,2})[.):]\\s*([a-z]{4})\\b");
  private static final Pattern PLAIN = Pattern.compile("(?<![0-9a-z])[a-z]{4}(?![0-9a-z])");
  private static final int GROUPS = 8;
  private static final String HASH = "((?:[0-9a-f]{8}\\s+){7}[0-9a-f]{8})";
  private static final Pattern PLACE =
      Pattern.compile("\\b" + HASH + "\\s*#\\s*(\\d{1,18})\\s+" + HASH + "\\b");

  private final SecretBytes secret;
  private final TeamId team;
  private final Head head;

  private RecoveryKit(SecretBytes secret, TeamId team, Head head) {
    this.secret = secret;
    this.team = team;
    this.head = head;
  }

  /// A new kit.
  public static RecoveryKit make(TeamId team, Head head, RandomSource random) {
    return new RecoveryKit(random.secret(SECRET_LENGTH), team, head);
  }

  /// The same kit, printed at a later head of the log.
  public RecoveryKit at(Head later) {
    return new RecoveryKit(secret.duplicate(), team, later);
  }

  /// Reads what [#code] wrote, also typed again with other spaces and line ends, in capitals, or among other text.
  ///
  /// @throws Malformed when words, team or head are missing, or the words have a slip
  public static RecoveryKit read(String text) throws Malformed {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher place = PLACE.matcher(lower);
    if (!place.find()) {
      throw new Malformed(
          "the recovery kit's team and place are not whole",
          "Type the words, the two rows of eight groups and the number after # as they are printed.");
    }
    Head head = new Head(Long.parseLong(place.group(2)), new Hash(hash(place.group(3))));
    return new RecoveryKit(secretOf(words(lower)), new TeamId(hash(place.group(1))), head);
  }

  private static Bytes hash(String groups) {
    return Bytes.fromHex(groups.replaceAll("\\s", ""));
  }

  private static List<String> words(String text) throws Malformed {
    List<String> words = new ArrayList<>();
    for (Matcher m = NUMBERED.matcher(text); m.find(); ) {
      words.add(m.group(2));
    }
    if (words.isEmpty()) {
      PLAIN
          .matcher(text)
          .results()
          .map(found -> found.group())
          .filter(word -> WordList.number(word).isPresent())
          .forEach(words::add);
    }
    if (words.size() != WORDS) {
      throw new Malformed("a recovery kit has 24 words, not " + words.size());
    }
    return words;
  }

  private static SecretBytes secretOf(List<String> words) throws Malformed {
    byte[] bits = new byte[SECRET_LENGTH + 1];
    for (int i = 0; i < WORDS; i++) {
      Optional<Integer> number = WordList.number(words.get(i));
      if (number.isEmpty()) {
        throw new Malformed("word " + (i + 1) + " is not one of the list");
      }
      for (int bit = 0; bit < WordList.BITS; bit++) {
        if (((number.get() >> (WordList.BITS - 1 - bit)) & 1) != 0) {
          int at = i * WordList.BITS + bit;
          bits[at / 8] |= (byte) (0x80 >> at % 8);
        }
      }
    }
    SecretBytes secret = SecretBytes.copyOf(bits, 0, SECRET_LENGTH);
    if (checksum(secret) != bits[SECRET_LENGTH]) {
      secret.close();
      throw new Malformed(
          "the words of the recovery kit have a slip", "Compare them with the sheet.");
    }
    return secret;
  }

  private static byte checksum(SecretBytes secret) {
    return Hash.sha256(secret.toArray()).value().at(0);
  }

  /// The words.
  public List<String> words() {
    byte[] bits = new byte[SECRET_LENGTH + 1];
    secret.copyTo(bits, 0);
    bits[SECRET_LENGTH] = checksum(secret);
    return WordList.spell(bits, WORDS);
  }

  /// All of it as text, free of any language: the words, numbered; the team in eight groups; the place and hash of the head.
  public String code() {
    StringBuilder text = new StringBuilder();
    List<String> words = words();
    for (int i = 0; i < WORDS; i++) {
      text.append(i + 1).append('.').append(words.get(i)).append((i + 1) % 6 == 0 ? '\n' : ' ');
    }
    return text
        + groups(team.value())
        + "\n#"
        + head.seq()
        + " "
        + groups(head.hash().value())
        + "\n";
  }

  private static String groups(Bytes hash) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      groups.add(HexFormat.of().formatHex(hash.slice(i * 4, 4).toArray()));
    }
    return String.join(" ", groups);
  }

  /// The team.
  public TeamId team() {
    return team;
  }

  /// An entry that the log must have.
  public Head head() {
    return head;
  }

  /// The kit's device. Its member is known from the team log only.
  public DeviceId device() {
    try (SecretBytes id = derive(DEVICE, DeviceId.LENGTH)) {
      return new DeviceId(Bytes.of(id.toArray()));
    }
  }

  /// The kit as a device of a member.
  public Identity identity(MemberId member) {
    try (SecretBytes signing = derive(SIGNING, 32);
        SecretBytes receiving = derive(RECEIVING, 32)) {
      return Identity.of(member, device(), DeviceKind.RECOVERY_KIT, signing, receiving, List.of());
    }
  }

  private SecretBytes derive(Bytes purpose, int length) {
    return Hkdf.expand(secret, Context.of(Label.KIT, team.value(), purpose), length);
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "RecoveryKit[" + team + "]";
  }
}
