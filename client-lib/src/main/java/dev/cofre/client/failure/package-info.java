/// Every way in which a call of the client can fail: one checked, sealed hierarchy.
package dev.cofre.client.failure;
