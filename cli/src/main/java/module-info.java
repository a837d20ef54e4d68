/// The terminal.
@org.jspecify.annotations.NullMarked
module dev.cofre.cli {
  requires static org.jspecify;
}
