package dev.cofre.server.store;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.migration.JavaMigration;

/// The steps of the database that are more than SQL; those in SQL lie in `db/migration`.
@Factory
final class Migrations {
  /// Flyway is given what has its data source's name.
  @Singleton
  @Named("default")
  JavaMigration[] beyondSql() {
    return new JavaMigration[] {new WrapsByCommit()};
  }
}
