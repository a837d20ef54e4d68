package bench;

import java.util.List;

final class Report {
  static void write(List<String> lines) {}
}
