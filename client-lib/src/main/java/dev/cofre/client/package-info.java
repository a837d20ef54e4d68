/// The public face: one unlocked device of one member in one team.
package dev.cofre.client;
