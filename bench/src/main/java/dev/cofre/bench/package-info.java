/// How fast the primitives are, each alone, by JMH.
@NullMarked
package dev.cofre.bench;

import org.jspecify.annotations.NullMarked;
