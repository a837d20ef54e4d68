package dev.cofre.protocol.team;

import java.util.Locale;

/// The rules of the team log and of a vault's history, one for each reason to refuse.
public enum Rule {
  /// Another team, another vault, or not the place after the head.
  PLACE,
  /// A signature does not verify, or was made for another purpose.
  SIGNATURE,
  /// The author is not a confirmed member.
  AUTHOR,
  /// The device is not a live one of the author's, or of a kind that may not do this.
  DEVICE,
  /// The author's role in the team does not allow it.
  ROLE_TOO_LOW,
  /// The author's role in the vault does not allow it.
  VAULT_ROLE_TOO_LOW,
  /// The subject is not a confirmed member, or has no role in the vault.
  SUBJECT,
  /// There is no such vault.
  VAULT,
  /// The last owner cannot go or be lowered.
  LAST_OWNER,
  /// The last manager of a vault cannot be lowered.
  LAST_MANAGER,
  /// A member's last live device cannot be revoked.
  LAST_DEVICE,
  /// The entry does not say truly which vaults it leaves without a manager, or without anybody.
  ABANDONS_VAULT,
  /// The named heads are not exactly those of the vaults concerned, or contradict one named before.
  HEADS,
  /// The invitation is not open, or not what an invitation must be.
  INVITE,
  /// The inviter may no longer invite so.
  INVITER,
  /// No such join waits.
  JOIN,
  /// The id stands for something already.
  TAKEN,
  /// A public key that no honest client makes, or one used before.
  KEY,
  /// A statement inside the entry is not what the protocol says, or speaks of something else than the entry.
  STATEMENT,
  /// A statement inside the entry speaks of a version or kind that this software does not know.
  UPDATE_NEEDED,
  /// The seeds are not exactly one for each live device, in order.
  SEEDS,
  /// The entry changes nothing.
  NO_CHANGE,
  /// The team's policy can only become stricter.
  POLICY,
  /// More than the protocol's limits allow.
  LIMIT,
  /// The commit's team head is not in the team log.
  TEAM_HEAD,
  /// The commit's team head is older than the previous commit's.
  OLDER_TEAM_HEAD,
  /// The author could not write in the vault at the commit's team head.
  NO_WRITE_RIGHT,
  /// The commit lies beyond the head that was named when its author's right ended.
  BEYOND_THE_END,
  /// The commit contradicts a head of its vault that is named in the team log.
  FORK,
  /// The first commit names the vault first; the name stays, and has no blob.
  NAME,
  /// A file, or a revision, stands twice in the commit.
  TWICE,
  /// The change is not upon the file's last revision, or not possible for the file as it is.
  PREVIOUS,
  /// The revision id is known already.
  REVISION,
  /// Not a revision that can be purged.
  PURGE,
  /// A file's revision without a blob.
  BLOB,
  /// Not a send that can be made, extended or ended.
  SEND;

  /// Lower case with hyphens, as in `last-owner`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
