package dev.cofre.server.store;

import io.micronaut.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// The migrations that are written in Java, beside those in SQL. The framework asks for them by the data source's name only.
@Singleton
@Named(Migrations.DATA_SOURCE)
final class Migrations implements FlywayConfigurationCustomizer {
  static final String DATA_SOURCE = "default";

  @Override
  public void customizeFluentConfiguration(FluentConfiguration flyway) {
    flyway.javaMigrations(new WrapsByCommit());
  }

  @Override
  public String getName() {
    return DATA_SOURCE;
  }
}
