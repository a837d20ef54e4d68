/// Who is asking.
@NullMarked
package dev.cofre.server.access;

import org.jspecify.annotations.NullMarked;
