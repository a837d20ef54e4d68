/// What can be typed after `cofre`: one verb a file.
package dev.cofre.cli.command;
