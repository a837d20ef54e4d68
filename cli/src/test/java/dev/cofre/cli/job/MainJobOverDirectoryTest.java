package dev.cofre.cli.job;

import dev.cofre.server.Settings;

/// With the embedded database and a directory, as the server starts with no configuration.
class MainJobOverDirectoryTest extends MainJobContract {
  @Override
  Settings storage(Settings settings) {
    return settings;
  }
}
