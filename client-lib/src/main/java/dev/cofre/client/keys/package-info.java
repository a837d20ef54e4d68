/// Who may read and who has signed: the keys of this device, and what is made with them.
package dev.cofre.client.keys;
