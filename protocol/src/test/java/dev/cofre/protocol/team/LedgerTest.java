package dev.cofre.protocol.team;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Nobody is in more vaults than one entry can name.
class LedgerTest {
  private static final MemberId BUSY = new MemberId(Bytes.fromHex("01".repeat(16)));
  private static final MemberId IDLE = new MemberId(Bytes.fromHex("02".repeat(16)));

  private final Ledger ledger = new Ledger(new TeamId(Hash.ZERO.value()), Hash.ZERO);

  @BeforeEach
  void fillButOne() {
    put(BUSY);
    put(IDLE);
    for (int i = 1; i < Body.MAX_VAULTS; i++) {
      ledger.put(VaultRights.created(vault(i), BUSY, 1));
    }
  }

  private void put(MemberId member) {
    ledger.put(
        new Member(
            member,
            TeamRole.MEMBER,
            Standing.CONFIRMED,
            Hash.ZERO,
            Optional.of(Bytes.zeros(1216)),
            List.of(),
            Optional.empty(),
            Hash.ZERO,
            0));
  }

  private static VaultId vault(int number) {
    return new VaultId(Bytes.of(ByteBuffer.allocate(32).putInt(number).array()));
  }

  private static Entry by(MemberId author, Body body) {
    return new Entry(Entry.NO_TEAM, 2, Hash.ZERO, author, new DeviceId(Bytes.zeros(16)), 1, body);
  }

  private void create(MemberId author, int number) throws RuleException {
    Hash hash = new Hash(vault(number).value());
    GrantRules.create(ledger, by(author, new Body.VaultCreate(Bytes.zeros(16))), hash);
  }

  private static void refuses(Executable step) {
    assertEquals(Rule.LIMIT, assertThrows(RuleException.class, step).rule());
  }

  @Test
  void aMemberMakesTheLastVaultThatAnEntryCanNameAndNoFurtherOne() {
    assertDoesNotThrow(() -> create(BUSY, Body.MAX_VAULTS));
    refuses(() -> create(BUSY, Body.MAX_VAULTS + 1));
    assertDoesNotThrow(() -> create(IDLE, Body.MAX_VAULTS + 1));
  }

  @Test
  void aMemberIsGivenARoleInNoFurtherVault() {
    assertDoesNotThrow(() -> create(BUSY, Body.MAX_VAULTS));
    int further = Body.MAX_VAULTS + 1;
    assertDoesNotThrow(() -> create(IDLE, further));
    VaultHead head = new VaultHead(vault(further), Head.ofEmpty(vault(further)));
    Body.Grant grant = new Body.Grant(BUSY, head, VaultRole.VIEWER, Optional.empty());
    refuses(() -> GrantRules.grant(ledger, by(IDLE, grant), grant));
  }
}
