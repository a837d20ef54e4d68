/// Where the command line starts.
package dev.cofre.cli;
