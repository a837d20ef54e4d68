package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Texts;
import dev.cofre.client.TeamMember;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.team.Body;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tells an entry of the team log as a sentence.
final class EntryStory {
  private final Texts texts;
  private final Map<MemberId, String> members;
  private final VaultNames vaults;

  EntryStory(Texts texts, List<TeamMember> members, VaultNames vaults) {
    this.texts = texts;
    this.members =
        members.stream().collect(Collectors.toMap(TeamMember::id, TeamMember::name, (a, _) -> a));
    this.vaults = vaults;
  }

  /// The name of a kind of entry for scripts.
  static String kind(Body body) {
    return switch (body) {
      case Body.Genesis _ -> "genesis";
      case Body.Invite _ -> "invite";
      case Body.InviteCancel _ -> "invite-cancel";
      case Body.Join _ -> "join";
      case Body.Confirm _ -> "confirm";
      case Body.MemberRemove _ -> "member-remove";
      case Body.RoleChange _ -> "role-change";
      case Body.DeviceAdd _ -> "device-add";
      case Body.DeviceRevoke _ -> "device-revoke";
      case Body.MemberRekey _ -> "member-rekey";
      case Body.VaultCreate _ -> "vault-create";
      case Body.Grant _ -> "grant";
      case Body.Revoke _ -> "revoke";
      case Body.Policy _ -> "policy";
    };
  }

  String tell(Body body) {
    String key = "entry." + kind(body);
    return switch (body) {
      case Body.Invite invite ->
          texts.say(key, Words.of(texts, invite.role()), Words.shortId(invite.invite()));
      case Body.InviteCancel cancel -> texts.say(key, Words.shortId(cancel.invite()));
      case Body.Confirm confirm -> texts.say(key, name(confirm.member()));
      case Body.MemberRemove remove -> texts.say(key, name(remove.member()));
      case Body.RoleChange change ->
          texts.say(key, name(change.member()), Words.of(texts, change.role()));
      case Body.DeviceRevoke revoke -> texts.say(key, Words.shortId(revoke.device()));
      case Body.Grant grant ->
          texts.say(
              key,
              name(grant.member()),
              vaults.of(grant.vault().vault()),
              Words.of(texts, grant.role()));
      case Body.Revoke revoke ->
          texts.say(key, name(revoke.member()), vaults.of(revoke.vault().vault()));
      case Body.Genesis _,
          Body.Join _,
          Body.DeviceAdd _,
          Body.MemberRekey _,
          Body.VaultCreate _,
          Body.Policy _ ->
          texts.say(key);
    };
  }

  private String name(MemberId member) {
    return members.getOrDefault(member, Words.shortId(member));
  }
}
