package dev.cofre.protocol.team;

import static dev.cofre.protocol.team.RuleException.require;

import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.Signed;
import java.util.List;
import java.util.Map;

/// A member's devices and encryption key.
final class DeviceRules {
  /// More live devices than one rekey can hold seeds for are refused.
  private static final int MAX_LIVE_DEVICES = 256;

  private DeviceRules() {}

  static void add(Ledger ledger, Entry entry, Body.DeviceAdd body) throws RuleException {
    Member author = ledger.author(entry);
    Signed<DeviceStatement> statement =
        KeyRules.read(Label.DEVICE, DeviceStatement.CODEC, body.statement());
    DeviceStatement said = statement.value();
    DeviceId added = said.device().id();
    require(
        said.team().equals(ledger.id) && said.member().equals(author.id()),
        Rule.STATEMENT,
        "of another team or member than the entry");
    require(body.seed().device().equals(added), Rule.SEEDS, "a seed for another device");
    require(ledger.devices.find(added).isEmpty(), Rule.TAKEN, "a known device id");
    KeyRules.require(said.device());
    KeyRules.requireSignature(statement, Label.DEVICE, said.device().signingKey());
    require(
        ledger.liveDevices(author.id()).size() < MAX_LIVE_DEVICES, Rule.LIMIT, "too many devices");
    ledger.put(Device.added(said.device(), author.id(), entry.seq()));
  }

  static void revoke(Ledger ledger, Entry entry, Body.DeviceRevoke body) throws RuleException {
    Member author = ledger.author(entry);
    Device device =
        ledger
            .devices
            .find(body.device())
            .filter(Device::live)
            .orElseThrow(() -> new RuleException(Rule.SUBJECT, "not a live device"));
    Member owner = ledger.subject(device.member());
    MemberRules.requireMayEnd(author, owner);
    require(ledger.liveDevices(owner.id()).size() > 1, Rule.LAST_DEVICE, "the last device stays");
    Map<VaultId, Head> heads = ledger.nameExactly(ledger.writableBy(owner.id()), body.heads());
    ledger.put(device.ended(entry.seq(), heads));
    ledger.put(owner.withVoidKey());
    ledger.changeVaultsOf(owner.id(), entry.seq());
  }

  static void rekey(Ledger ledger, Entry entry, Body.MemberRekey body) throws RuleException {
    Member author = ledger.author(entry);
    KeyRules.requireEncryptionKey(body.memberKey());
    ledger.requireUnusedKey(body.memberKey());
    List<DeviceId> seeded = body.seeds().stream().map(WrappedSeed::device).toList();
    List<DeviceId> live =
        ledger.liveDevices(author.id()).stream().map(device -> device.keys().id()).toList();
    require(seeded.equals(live), Rule.SEEDS, "not one for each live device, by device id");
    ledger.nameExactly(ledger.vaultsOf(author.id(), _ -> true), body.heads());
    ledger.put(author.withKey(body.memberKey()));
    ledger.changeVaultsOf(author.id(), entry.seq());
  }
}
