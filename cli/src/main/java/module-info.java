/// The terminal.
@org.jspecify.annotations.NullMarked
module dev.cofre.cli {
  requires static org.jspecify;
  requires transitive dev.cofre.client;
  requires com.fasterxml.jackson.core;
  requires info.picocli;

  exports dev.cofre.cli;
  exports dev.cofre.cli.command;
  exports dev.cofre.cli.terminal;

  opens dev.cofre.cli.command to
      info.picocli;
}
