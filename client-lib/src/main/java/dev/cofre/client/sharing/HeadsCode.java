package dev.cofre.client.sharing;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.history.Workspace;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.cbor.Versioned;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Sixty digits over what two members have verified alike: the head of the team log, and the heads of the vaults that both are in. A
/// server that shows them different histories cannot make the digits agree. Twelve groups of five digits, each 5 bytes of a SHA-512
/// modulo 100 000, as Signal's safety numbers are written.
public final class HeadsCode {
  private static final int GROUPS = 12;
  private static final int GROUP_BYTES = 5;
  private static final BigInteger GROUP_VALUES = BigInteger.valueOf(100_000);
  private static final Codec<Compared> CODEC = Codec.of(Compared.class);

  private HeadsCode() {}

  /// What the digits are over: the same for both members.
  @Versioned
  public record Compared(
      TeamId team,
      @Length(min = 2, max = 2) List<MemberId> members,
      Head log,
      @Length(max = 4096) List<VaultHead> vaults) {}

  /// The code of this member and another, after catching up.
  public static String with(Workspace workspace, MemberId other) throws CofreException {
    workspace.team().catchUp();
    SortedSet<VaultId> common = new TreeSet<>(workspace.team().state().vaultsOf(workspace.me()));
    common.retainAll(workspace.team().state().vaultsOf(other));
    List<VaultHead> heads = workspace.heads(common);
    byte[] compared =
        CODEC.encode(
            new Compared(
                workspace.connection().team(),
                Stream.of(workspace.me(), other)
                    .sorted(Comparator.comparing(MemberId::value))
                    .toList(),
                workspace.team().state().head(),
                heads));
    byte[] digest = Hashes.sha512(Label.HEADS.prefix(compared)).toArray();
    return IntStream.range(0, GROUPS)
        .mapToObj(i -> group(digest, i * GROUP_BYTES))
        .collect(Collectors.joining(" "));
  }

  private static String group(byte[] digest, int offset) {
    BigInteger number = new BigInteger(1, digest, offset, GROUP_BYTES);
    return String.format(Locale.ROOT, "%05d", number.mod(GROUP_VALUES).intValueExact());
  }
}
