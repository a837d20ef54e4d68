/// Rows of the database, and the statements that read and write them.
@NullMarked
package dev.cofre.server.store;

import org.jspecify.annotations.NullMarked;
