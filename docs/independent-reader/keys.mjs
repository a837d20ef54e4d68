// From a kit to the keys of records: format.md section 11.

import { Refusal, invalid, tampered } from './failure.mjs';
import { publicOf } from './ed25519.mjs';
import { context, expand, hex, signatureHolds, signedHash } from './labels.mjs';
import { commits, decodeRecord, open, unpad } from './sealing.mjs';
import { channelOf } from './structures.mjs';
import * as xwing from './xwing.mjs';

const WRAP = 48;

/** What `read` gives, null where it does not open: junk is passed over. */
const ifItOpens = (read) => {
  try {
    return read();
  } catch (refusal) {
    if (refusal instanceof Refusal) return null;
    throw refusal;
  }
};

/** The seed of an earlier key, sealed under the next. */
export const openPrevious = (nextSeed, team, member, previousHash, nextHash, sealed) => {
  const place = context('previous seed', team, member, previousHash, nextHash);
  return open(expand('sha256', nextSeed, place, 32), place, sealed);
};

/** The record key in a wrap over a channel. */
export const openWrap = (secret, channel, revision, recordHash, wrap) =>
  xwing.unwrap(expand('sha256', secret, context('wrap', channel, revision, recordHash), 32), wrap);

/** The kit's device in the log, with the keys that the kit gives; the log has to contain the kit's head. */
export const findKit = (team, kit) => {
  if (!team.id.equals(kit.team)) invalid('the kit is of another team');
  const known = team.hashes[kit.head.seq];
  if (known === undefined) invalid('the log ends before the entry that the kit names: it is older than the kit');
  if (!known.equals(kit.head.hash)) invalid('the log is not the one that the kit names');
  const device = team.devices.get(hex(kit.device));
  if (device === undefined) invalid('the log does not have this kit: the export is older, or the kit was never finished');
  const receiving = xwing.keyPair(kit.encryptionSeed);
  const own = device.signingKey.equals(publicOf(kit.signingSeed)) && device.encryptionKey.equals(receiving.publicKey);
  if (device.kind !== 'recovery kit' || !own) invalid('the log has other keys for this kit');
  return { device, member: device.member, receiving };
};

/** The member's keys that the kit leads to: pairs by the hash of the public key. */
export const memberKeys = (team, { device, member, receiving }) => {
  const { keys } = member;
  const hashes = keys.map((key) => xwing.hashOf(key.publicKey));
  const pairs = new Map();
  const take = (i, seed) => {
    const pair = seed === null ? null : xwing.keyPair(seed);
    if (pair === null || !pair.publicKey.equals(keys[i].publicKey)) return false;
    pairs.set(i, pair);
    return true;
  };
  const wrapped = (i, bytes) =>
    ifItOpens(() => xwing.openWrapped(receiving, context('member seed', team.id, member.id, device.id, hashes[i]), bytes));

  const before = keys.filter((key) => key.from <= device.from).length;
  if (device.seed !== undefined) for (let i = before - 1; i >= 0 && !take(i, wrapped(i, device.seed)); i--);
  keys.forEach((key, i) => {
    const seed = key.seeds?.find((one) => one.device.equals(device.id));
    if (seed !== undefined) take(i, wrapped(i, seed.wrapped));
  });
  for (let next = keys.length - 1; next > 0; next--) {
    if (!pairs.has(next)) continue;
    const { seed } = pairs.get(next);
    for (let i = next - 1; i >= 0; i--) {
      const before = () => openPrevious(seed, team.id, member.id, hashes[i], hashes[next], keys[next].previousSeed);
      if (take(i, ifItOpens(before))) break;
    }
  }
  return { lacking: keys.length - pairs.size, byHash: new Map([...pairs.values()].map((pair) => [hex(pair.hash), pair])) };
};

/** The channels of an export by their id, each checked; `secret` is null where the member's key is not there. */
export const readChannels = (team, vault, member, keys, channels) => {
  const found = new Map();
  for (const signed of channels) {
    const channel = channelOf(signed);
    const device = team.devices.get(hex(channel.device));
    const place = channel.team.equals(team.id) && channel.vault.equals(vault) && channel.recipient.equals(member.id);
    if (!place) tampered('a channel of another vault or to somebody else');
    const sender = device !== undefined && device.member.id.equals(channel.sender);
    if (!sender || !device.signingKey.equals(channel.deviceKey)) tampered('a channel of no device of its sender');
    if (!signatureHolds('channel', signed, channel.deviceKey)) tampered('a channel that its device did not sign');
    const key = keys.byHash.get(hex(channel.recipientKey));
    const id = signedHash('channel', signed);
    found.set(hex(id), { id, secret: key === undefined ? null : ifItOpens(() => xwing.channelSecret(key, channel)) });
  }
  return found;
};

/** The wraps for each put, by commit: `find(seq, place)` gives those for one, the latest first. */
export const indexWraps = (member, channels, bundles) => {
  const bySeq = new Map();
  for (const bundle of bundles) {
    if (!bundle.recipient.equals(member.id)) tampered('a bundle for somebody else');
    const channel = channels.get(hex(bundle.channel));
    if (channel === undefined) tampered('a bundle without its channel');
    let last = [-1, -1];
    for (const run of bundle.runs) {
      const ascends = run.seq > last[0] || (run.seq === last[0] && run.first > last[1]);
      if (run.wraps.length % WRAP !== 0 || !ascends) tampered('a bundle that is not in order');
      last = [run.seq, run.first];
      if (!bySeq.has(run.seq)) bySeq.set(run.seq, []);
      bySeq.get(run.seq).unshift({ channel, first: run.first, wraps: run.wraps });
    }
  }
  return (seq, place) =>
    (bySeq.get(seq) ?? [])
      .filter((run) => run.first <= place && place < run.first + run.wraps.length / WRAP)
      .map(({ channel, first, wraps }) => ({
        channel,
        wrap: wraps.subarray(WRAP * (place - first), WRAP * (place - first + 1)),
      }));
};

/** The record of a version whose sealed record is there, null where no wrap leads to its key. */
export const openRecord = (team, vault, version, wraps) => {
  const place = context('record', team.id, vault, version.file.id, version.id);
  for (const { channel, wrap } of wraps) {
    if (channel.secret === null) continue;
    const key = ifItOpens(() => openWrap(channel.secret, channel.id, version.id, version.recordHash, wrap));
    if (key !== null && commits(key, place, version.sealed)) {
      return decodeRecord(unpad(open(key, place, version.sealed)));
    }
  }
  return null;
};
