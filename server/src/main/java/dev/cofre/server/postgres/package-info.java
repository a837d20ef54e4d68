/// The PostgreSQL that the server brings itself, for whoever configures none.
@org.jspecify.annotations.NullMarked
package dev.cofre.server.postgres;
