// What each kind of entry needs and does: the table of protocol.md section 2.

import * as ed25519 from './ed25519.mjs';
import { invalid } from './failure.mjs';
import { hex, signatureHolds } from './labels.mjs';
import { deviceStatementOf, joinStatementOf, modeRank, teamRank, vaultRank } from './structures.mjs';

const MOST_VAULTS = 4096;
const MOST_DEVICES = 256;
const VIEWER = vaultRank('viewer');
const EDITOR = vaultRank('editor');

const demand = (holds, message) => {
  if (!holds) invalid(message);
};

const atLeast = (role, least) => teamRank(role) >= teamRank(least);

/** Sorted by id, without repetition. */
const demandOrder = (ids, what) => {
  const written = ids.map(hex);
  demand(written.every((id, i) => i === 0 || written[i - 1] < id), `${what} that are not in order`);
};

const demandExactly = (ids, expected, what) =>
  demand(ids.length === expected.length && ids.every((id, i) => hex(id) === expected[i]), `other ${what} than needed`);

const nameHeads = (team, heads) => {
  demandOrder(heads.map((named) => named.vault), 'heads');
  heads.forEach((named) => team.rights.name(named));
};

/** Whether the inviter has, at this place, the right to invite like this. */
const mayInvite = (team, inviter, invite) =>
  inviter.standing === 'confirmed' &&
  atLeast(inviter.role, invite.role === 'member' ? 'admin' : 'owner') &&
  invite.vaults.every((grant) => team.rights.isManager(grant.head.vault, inviter));

const confirm = (team, member) => {
  member.standing = 'confirmed';
  const { role, vaults } = member.invite;
  member.role = role;
  for (const grant of vaults) team.rights.set(grant.head.vault, member, grant.role, null, team.seq, grant.head.head.seq);
};

const endRoles = (team, member, heads) => {
  const last = new Map(heads.map((named) => [hex(named.vault), named.head.seq]));
  for (const vault of team.rights.vaultsOf(member, VIEWER)) {
    team.rights.set(Buffer.from(vault, 'hex'), member, undefined, null, team.seq, last.get(vault));
  }
};

const BODIES = {
  genesis(team, entry) {
    const { owner, device, memberKey } = entry.body;
    demand(owner.equals(entry.author) && device.id.equals(entry.device), 'a genesis that is not by its owner');
    demand(device.kind === 'computer', 'a genesis by a recovery kit');
    demand(entry.signedBy(device.signingKey), 'a genesis that its device did not sign');
    const member = team.addMember(owner, { role: 'owner', standing: 'confirmed' });
    team.addMemberKey(member, memberKey);
    team.addDevice(member, device);
  },

  invite(team, entry, author) {
    const { body } = entry;
    demand(!team.invites.has(hex(body.invite)), 'an invitation id that was used before');
    demand(ed25519.acceptable(body.key), 'an invitation key that is not acceptable');
    demand(mayInvite(team, author, body), 'an invitation by somebody who may not');
    const must = atLeast(body.role, 'admin') || team.policy.joins === 'after confirmation';
    demand(!must || body.mode === 'after confirmation', 'an invitation that has to wait for confirmation');
    nameHeads(team, body.vaults.map((grant) => grant.head));
    team.invites.set(hex(body.invite), { ...body, inviter: author, state: 'open' });
  },

  'invite-cancel'(team, entry, author) {
    const invite = team.invites.get(hex(entry.body.invite));
    demand(invite?.state === 'open' || invite?.waiting?.standing === 'waiting', 'a cancelled invitation that is not open');
    const may =
      invite.inviter === author || author.role === 'owner' || (author.role === 'admin' && invite.inviter.role !== 'owner');
    demand(may, 'an invitation cancelled by somebody who may not');
    invite.state = 'cancelled';
    if (invite.waiting !== undefined) invite.waiting.standing = 'declined';
  },

  join(team, entry) {
    const signed = entry.body.statement;
    const statement = joinStatementOf(signed);
    const { device } = statement;
    const ofEntry = statement.member.equals(entry.author) && device.id.equals(entry.device);
    demand(statement.team.equals(team.id) && ofEntry, 'a join with another statement');
    demand(device.kind === 'computer', 'a join by a recovery kit');
    const invite = team.invites.get(hex(statement.invite));
    demand(invite?.state === 'open', 'a join by an invitation that is not open');
    demand(signatureHolds('join', signed, invite.key), 'a join that the invitation did not sign');
    demand(entry.signedBy(device.signingKey), 'a join that its device did not sign');
    demand(mayInvite(team, invite.inviter, invite), 'a join by an invitation of somebody who may not invite any more');
    const member = team.addMember(statement.member, { role: null, standing: 'waiting', invite, join: entry.hash });
    team.addMemberKey(member, statement.memberKey);
    team.addDevice(member, device);
    invite.state = 'used';
    invite.waiting = member;
    if (invite.mode === 'at once' && team.policy.joins === 'at once') confirm(team, member);
  },

  confirm(team, entry, author) {
    const member = team.members.get(hex(entry.body.member));
    demand(member?.standing === 'waiting' && member.join.equals(entry.body.join), 'a confirmation of nobody who waits so');
    const { invite } = member;
    const may =
      invite.inviter === author || author.role === 'owner' || (author.role === 'admin' && invite.role === 'member');
    demand(may, 'a confirmation by somebody who may not');
    demand(mayInvite(team, invite.inviter, invite), 'a confirmation of somebody whose inviter may not invite any more');
    confirm(team, member);
  },

  'member-remove'(team, entry, author) {
    const { heads, abandoned } = entry.body;
    const member = team.confirmed(entry.body.member);
    const may = author === member || author.role === 'owner' || (author.role === 'admin' && member.role === 'member');
    demand(may, 'a removal by somebody who may not');
    demand(member.role !== 'owner' || team.owners().length > 1, 'a removal of the last owner');
    nameHeads(team, heads);
    demandExactly(heads.map((named) => named.vault), team.rights.vaultsOf(member, EDITOR), 'heads');
    demandExactly(abandoned, team.rights.leftBy(member), 'abandoned vaults');
    endRoles(team, member, heads);
    member.standing = 'removed';
    team.liveDevices(member).forEach((device) => team.endDevice(device, heads));
    for (const invite of team.invites.values()) {
      if (invite.inviter === member && invite.state === 'open') invite.state = 'ended';
    }
  },

  role(team, entry, author) {
    const member = team.confirmed(entry.body.member);
    demand(author.role === 'owner', 'a role given by somebody who may not');
    demand(member.role !== entry.body.role, 'a role that was there before');
    demand(member.role !== 'owner' || team.owners().length > 1, 'the last owner lowered');
    member.role = entry.body.role;
  },

  'device-add'(team, entry, author) {
    const signed = entry.body.statement;
    const statement = deviceStatementOf(signed);
    const { device } = statement;
    demand(statement.team.equals(team.id) && statement.member.equals(author.id), 'a device with another statement');
    demand(signatureHolds('device', signed, device.signingKey), 'a device that did not sign its statement');
    demand(entry.body.seed.device.equals(device.id), 'a seed for another device');
    team.addDevice(author, device, { seed: entry.body.seed.wrapped });
    demand(team.liveDevices(author).length <= MOST_DEVICES, 'more than 256 devices');
  },

  'device-revoke'(team, entry, author) {
    const { heads } = entry.body;
    const device = team.devices.get(hex(entry.body.device));
    demand(device?.until === null, 'a revoked device that is not live');
    const member = team.confirmed(device.member.id);
    const may = author === member || author.role === 'owner' || (author.role === 'admin' && member.role === 'member');
    demand(may, 'a device revoked by somebody who may not');
    demand(team.liveDevices(member).length > 1, 'the last device of a member revoked');
    nameHeads(team, heads);
    demandExactly(heads.map((named) => named.vault), team.rights.vaultsOf(member, EDITOR), 'heads');
    team.endDevice(device, heads);
    member.keyVoid = true;
  },

  'member-rekey'(team, entry, author) {
    const { memberKey, seeds, previousSeed, heads } = entry.body;
    const live = team.liveDevices(author).map((device) => hex(device.id)).sort();
    demandExactly(seeds.map((seed) => seed.device), live, 'seeds');
    nameHeads(team, heads);
    demandExactly(heads.map((named) => named.vault), team.rights.vaultsOf(author, VIEWER), 'heads');
    team.addMemberKey(author, memberKey, { previousSeed, seeds });
  },

  'vault-create'(team, entry, author) {
    demand(!author.keyVoid, 'a vault by somebody whose encryption key is void');
    team.rights.create(entry.hash, author, team.seq);
  },

  'vault-grant'(team, entry, author) {
    const { head, role, until } = entry.body;
    demand(team.rights.isManager(head.vault, author), 'a grant by nobody who manages the vault');
    const member = team.confirmed(entry.body.member);
    const before = team.rights.of(head.vault, member);
    demand(before?.role !== role || before.until !== until, 'a grant that changes nothing');
    const lowered = before?.role === 'manager' && role !== 'manager';
    demand(!lowered || team.rights.managers(head.vault) > 1, 'the last manager lowered');
    team.rights.name(head);
    team.rights.set(head.vault, member, role, until, team.seq, head.head.seq);
    demand(team.rights.vaultsOf(member, VIEWER).length <= MOST_VAULTS, 'somebody in more than 4096 vaults');
  },

  'vault-revoke'(team, entry, author) {
    const { head, leaves } = entry.body;
    const member = team.confirmed(entry.body.member);
    const grant = team.rights.of(head.vault, member);
    demand(grant !== undefined, 'a role ended that nobody has');
    const own = team.rights.of(head.vault, author)?.role;
    const past = grant.until !== null && entry.time >= grant.until;
    demand(own === 'manager' || author === member || (own === 'editor' && past), 'a role ended by somebody who may not');
    const abandons = team.rights.leaves(team.rights.vault(head.vault), member);
    demand(abandons === (leaves === 'no manager'), 'a role ended that says otherwise what it leaves');
    team.rights.name(head);
    team.rights.set(head.vault, member, undefined, null, team.seq, head.head.seq);
  },

  policy(team, entry, author) {
    const { formatFloor, joins } = entry.body;
    demand(author.role === 'owner', 'a policy by somebody who may not');
    const lower = formatFloor < team.policy.formatFloor || modeRank(joins) < modeRank(team.policy.joins);
    demand(!lower, 'a policy that lowers something');
    team.policy = { formatFloor, joins };
  },
};

const SIGNED_BY_NEWCOMERS = new Set(['genesis', 'join']);

/** Applies an entry whose place in the chain is checked: `signedBy(key)` says whether that key signed it. */
export const applyBody = (team, entry) => {
  const { kind } = entry.body;
  BODIES[kind](team, entry, SIGNED_BY_NEWCOMERS.has(kind) ? undefined : team.author(entry));
};
