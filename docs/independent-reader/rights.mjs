// Roles in vaults, over time, and the heads that a log names: protocol.md sections 2 and 4.

import { invalid } from './failure.mjs';
import { hex } from './labels.mjs';
import { vaultRank } from './structures.mjs';

const EDITOR = vaultRank('editor');
const MANAGER = vaultRank('manager');

/** Whoever is a vault's member, and every right to write or manage there that was ever given. */
export class Rights {
  constructor() {
    /** By vault id: `{ members, periods, named }`. */
    this.vaults = new Map();
  }

  create(vault, member, seq) {
    this.vaults.set(hex(vault), { members: new Map(), periods: [], named: new Map([[0, vault]]) });
    this.set(vault, member, 'manager', null, seq, 0);
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

  /** Gives a role or, as undefined, ends it; a right that ends ends beyond the head `last`. */
  set(vault, member, role, until, seq, last) {
    const found = this.vault(vault);
    for (const rank of [EDITOR, MANAGER]) {
      const open = found.periods.find((p) => p.member === member && p.rank === rank && p.until === null);
      const has = vaultRank(role) >= rank;
      if (open !== undefined && !has) Object.assign(open, { until: seq, last });
      if (open === undefined && has) found.periods.push({ member, rank, from: seq, until: null, last: null });
    }
    if (role === undefined) found.members.delete(member);
    else found.members.set(member, { role, until });
  }

  /** Whether the member had this rank at that place of the log and, as known now, for commit `commit` of the vault. */
  allows(vault, member, rank, seq, commit) {
    const period = this.vault(vault).periods.find(
      (p) => p.member === member && p.rank === vaultRank(rank) && p.from <= seq && (p.until === null || seq < p.until),
    );
    return period !== undefined && (period.last === null || commit <= period.last);
  }
}
