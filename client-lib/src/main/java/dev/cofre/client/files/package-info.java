/// What people do with files of a vault: put, get, move, remove, restore, seal again, verify.
package dev.cofre.client.files;
