package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.vault.Bundle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// What one sender wrapped of one commit for one recipient. A newer wrap lies over the older ones of its place, which are gone; so
/// is the oldest layer when there are more than [#MOST].
final class Layers {
  static final int MOST = 4;

  private final List<Layer> oldestFirst = new ArrayList<>();

  /// Wraps over one channel.
  record Layer(Hash channel, List<Bundle.Run> runs) {
    int wraps() {
      return runs.stream().mapToInt(Bundle.Run::count).sum();
    }
  }

  /// Lays wraps over all that lie there. The runs of a layer may come in any order.
  void lay(Hash channel, List<Bundle.Run> runs) {
    BitSet covered = new BitSet();
    List<Bundle.Run> fresh = new ArrayList<>();
    for (Bundle.Run run : runs.reversed()) {
      fresh.addAll(uncovered(run, covered));
      covered.set(run.first(), run.first() + run.count());
    }
    fresh.sort(Comparator.comparingInt(Bundle.Run::first));
    List<Layer> below = List.copyOf(oldestFirst);
    oldestFirst.clear();
    for (Layer layer : below) {
      List<Bundle.Run> left =
          layer.runs().stream().flatMap(run -> uncovered(run, covered).stream()).toList();
      if (!left.isEmpty()) {
        oldestFirst.add(new Layer(layer.channel(), left));
      }
    }
    oldestFirst.add(new Layer(channel, fresh));
    if (oldestFirst.size() > MOST) {
      oldestFirst.removeFirst();
    }
  }

  /// The layers, the newest last.
  List<Layer> oldestFirst() {
    return List.copyOf(oldestFirst);
  }

  private static List<Bundle.Run> uncovered(Bundle.Run run, BitSet covered) {
    List<Bundle.Run> parts = new ArrayList<>();
    int end = run.first() + run.count();
    int from = covered.nextClearBit(run.first());
    while (from < end) {
      int next = covered.nextSetBit(from);
      int to = next < 0 ? end : Math.min(next, end);
      parts.add(new Bundle.Run(run.seq(), from, slice(run, from, to)));
      from = covered.nextClearBit(to);
    }
    return parts;
  }

  private static Bytes slice(Bundle.Run run, int from, int to) {
    return run.wraps()
        .slice((from - run.first()) * Bundle.WRAP_LENGTH, (to - from) * Bundle.WRAP_LENGTH);
  }
}
