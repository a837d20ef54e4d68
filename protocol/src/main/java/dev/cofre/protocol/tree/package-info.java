/// Immutable collections that share structure; inside this module only.
package dev.cofre.protocol.tree;
