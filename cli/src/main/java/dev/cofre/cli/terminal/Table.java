package dev.cofre.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in columns as wide as their widest cell. Cells are made [Visible] here, so no caller can forget.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> right;

  private Table(List<Integer> right) {
    this.right = right;
  }

  /// A table whose cells stand at the left.
  public static Table left() {
    return new Table(List.of());
  }

  /// A table in which the named columns, counted from 0, stand at the right.
  public static Table rightAligned(Integer... columns) {
    return new Table(List.of(columns));
  }

  /// Adds a row.
  public Table row(Object... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(Visible.of(cell.toString()));
    }
    rows.add(row);
    return this;
  }

  /// Whether there are no rows.
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// The rows as lines, without blanks at the end.
  public List<String> lines() {
    List<Integer> widths = widths();
    List<String> lines = new ArrayList<>(rows.size());
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String pad = " ".repeat(widths.get(column) - length(cell));
        line.append(right.contains(column) ? pad + cell : cell + pad).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int length = length(row.get(column));
        if (column == widths.size()) {
          widths.add(length);
        } else {
          widths.set(column, Math.max(widths.get(column), length));
        }
      }
    }
    return widths;
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
