// Roles in vaults, over time, and the heads that a log names: protocol.md sections 2 and 4.

import { invalid } from './failure.mjs';
import { hex } from './labels.mjs';
import { vaultRank } from './structures.mjs';

/** Who has which role in which vault, and had when. */
export class Rights {
  constructor() {
    /** By vault id: `{ members, steps, named }`: the roles now, all changes of them, and the heads named. */
    this.vaults = new Map();
  }

  create(vault, member, seq) {
    this.vaults.set(hex(vault), { members: new Map(), steps: new Map(), named: new Map([[0, vault]]) });
    this.set(vault, member, 'manager', null, seq);
  }

  vault(vault) {
    const found = this.vaults.get(hex(vault));
    return found ?? invalid('a vault that the team does not have');
  }

  /** The member's role and its date; undefined without one. */
  of(vault, member) {
    return this.vault(vault).members.get(member);
  }

  isManager(vault, member) {
    return this.vaults.get(hex(vault))?.members.get(member)?.role === 'manager';
  }

  managers(vault) {
    return [...this.vault(vault).members.values()].filter((grant) => grant.role === 'manager').length;
  }

  /** The ids of the vaults, in order, in which the member has this rank or more. */
  vaultsOf(member, rank) {
    return [...this.vaults]
      .filter(([, vault]) => vaultRank(vault.members.get(member)?.role) >= rank)
      .map(([id]) => id)
      .sort();
  }

  /** The ids of the vaults, in order, that lose their last manager or their last member with this one. */
  leftBy(member) {
    return this.vaultsOf(member, 0).filter((id) => this.leaves(this.vaults.get(id), member));
  }

  leaves(vault, member) {
    const others = [...vault.members].filter(([other]) => other !== member).map(([, grant]) => grant.role);
    const manages = vault.members.get(member).role === 'manager';
    return others.length === 0 || (manages && !others.includes('manager'));
  }

  /** Of one place in a vault only one head is ever named, and at 0 its id. */
  name({ vault, head }) {
    const { named } = this.vault(vault);
    const other = named.get(head.seq);
    if (other !== undefined && !other.equals(head.hash)) invalid('two heads named for one place in a vault');
    named.set(head.seq, head.hash);
  }

  /** Gives a role or, as undefined, ends it; `head` is the seq of the vault's head that the entry names, if it does. */
  set(vault, member, role, until, seq, head) {
    const found = this.vault(vault);
    if (!found.steps.has(member)) found.steps.set(member, []);
    found.steps.get(member).push({ seq, rank: vaultRank(role), head });
    if (role === undefined) found.members.delete(member);
    else found.members.set(member, { role, until });
  }

  /**
   * Whether commit `commit` may be by a member, for whom it takes this role, upon entry `seq` of the team log: they have
   * the role there, and the commit is not beyond a head named by any later entry that leaves them with less.
   */
  allows(vault, member, role, seq, commit) {
    const needed = vaultRank(role);
    const steps = this.vault(vault).steps.get(member) ?? [];
    const has = steps.findLast((step) => step.seq <= seq)?.rank >= needed;
    const ends = steps.filter((step) => step.seq > seq && step.rank < needed && step.head !== undefined);
    return has && ends.every((step) => commit <= step.head);
  }
}
