/// The conversations over HTTP.
@NullMarked
package dev.cofre.server.api;

import org.jspecify.annotations.NullMarked;
