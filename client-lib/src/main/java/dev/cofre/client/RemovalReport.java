package dev.cofre.client;

import dev.cofre.client.report.Change;
import dev.cofre.client.sharing.Endings;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import java.time.Instant;
import java.util.List;

/// What a removal did, or one before it did where there was no `change`: closed for the future since `closedAt`, in `vaults` that the remover
/// sees too; of them the member could read `versionsTotal` versions, and had fetched `filesFetchedBefore` files, as far as the server says. What
/// they could read stays under keys that they had until it is sealed again: [Vault#reencrypt].
public record RemovalReport(
    MemberId member,
    Change change,
    Instant closedAt,
    List<VaultId> vaults,
    long versionsTotal,
    long filesFetchedBefore) {
  public RemovalReport {
    vaults = List.copyOf(vaults);
  }

  static RemovalReport of(MemberId member, Endings.Ended ended) {
    return new RemovalReport(
        member,
        ended.change(),
        ended.closedAt(),
        ended.vaults(),
        ended.versions(),
        ended.filesFetched());
  }
}
