/// The rules, one noun a file.
@NullMarked
package dev.cofre.server.domain;

import org.jspecify.annotations.NullMarked;
