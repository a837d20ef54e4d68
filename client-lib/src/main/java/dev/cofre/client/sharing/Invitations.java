package dev.cofre.client.sharing;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.crypto.SigningKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.VaultGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Opens places in the team. The link's secret is made here and nowhere kept.
public final class Invitations {
  private Invitations() {}

  /// What an invitation offers, until when, and whether the join waits for a confirmation.
  public record Offer(
      TeamRole role, Map<VaultId, VaultRole> vaults, Instant expires, JoinMode mode) {
    /// Copies the map.
    public Offer {
      vaults = Map.copyOf(vaults);
    }
  }

  /// Puts an invitation into the log. The link is closed by the caller.
  public static JoinLink open(Workspace workspace, Offer offer) throws CofreException {
    Connection connection = workspace.connection();
    InviteId invite = new InviteId(connection.random().bytes(InviteId.LENGTH));
    try (SecretBytes secret = JoinLink.newSecret(connection.random())) {
      Bytes key = publicKey(connection, secret, invite);
      Signed<Entry> entry =
          workspace
              .team()
              .append(_ ->
                  new Body.Invite(
                      invite,
                      key,
                      offer.role(),
                      grants(workspace, offer.vaults()),
                      Math.max(0, offer.expires().toEpochMilli()),
                      offer.mode()));
      return JoinLink.of(
          connection.origin(),
          connection.team(),
          new Head(entry.value().seq(), entry.hash()),
          Hash.sha256(connection.identity().deviceKeys().signingKey().toArray()),
          invite,
          secret);
    }
  }

  private static Bytes publicKey(Connection connection, SecretBytes secret, InviteId invite) {
    try (SigningKey key = JoinLink.key(secret, connection.team(), invite)) {
      return key.publicKey();
    }
  }

  private static List<VaultGrant> grants(Workspace workspace, Map<VaultId, VaultRole> vaults)
      throws CofreException {
    List<VaultGrant> grants = new ArrayList<>();
    for (Map.Entry<VaultId, VaultRole> vault : vaults.entrySet()) {
      grants.add(new VaultGrant(workspace.head(vault.getKey()), vault.getValue()));
    }
    grants.sort(Comparator.comparing(grant -> grant.vault().vault().value()));
    return grants;
  }
}
